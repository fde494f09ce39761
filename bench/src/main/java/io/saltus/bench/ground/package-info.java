/** What the benchmarks of runs stand on: homes with trainers, clocks, medians. */
@NullMarked
package io.saltus.bench.ground;

import org.jspecify.annotations.NullMarked;
