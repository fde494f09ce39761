/** Re-execution against training, and of a window against the whole. */
@NullMarked
package io.saltus.bench.reexecution;

import org.jspecify.annotations.NullMarked;
