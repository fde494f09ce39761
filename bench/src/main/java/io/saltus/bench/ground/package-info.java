/**
 * What benchmarks stand on: homes with trainers, clocks, medians, and the lines of their tables.
 */
@NullMarked
package io.saltus.bench.ground;

import org.jspecify.annotations.NullMarked;
