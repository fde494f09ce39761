/** Training with every step journalled against the bare TensorFlow loop. */
@NullMarked
package io.saltus.bench.training;

import org.jspecify.annotations.NullMarked;
