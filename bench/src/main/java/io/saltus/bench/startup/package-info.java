/** The time from a command to its answer. */
@NullMarked
package io.saltus.bench.startup;

import org.jspecify.annotations.NullMarked;
