/** Crash tests: real processes, struck at random moments, whose runs must end as if undisturbed. */
@NullMarked
package io.saltus.bench.storm;

import org.jspecify.annotations.NullMarked;
