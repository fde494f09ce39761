/** What the parts of the judge share: tables, proportions with their intervals, threads. */
@NullMarked
package io.saltus.bench.judge.ground;

import org.jspecify.annotations.NullMarked;
