/** What can happen to a run, one class a kind. */
@NullMarked
package io.saltus.bench.storm.strike;

import org.jspecify.annotations.NullMarked;
