/** Where a storm rages: child processes, the shim below them, and what is left of their home. */
@NullMarked
package io.saltus.bench.storm.ground;

import org.jspecify.annotations.NullMarked;
