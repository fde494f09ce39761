/**
 * How Saltus grows: a thousand trainers at once with thousands of runs behind them, and homes with
 * a hundred thousand finished runs.
 */
@NullMarked
package io.saltus.bench.scale;

import org.jspecify.annotations.NullMarked;
