/**
 * A program whose series and failures are written down beforehand, and recordings of what it was
 * asked: what tests and benchmarks train when they are not about TensorFlow.
 */
@NullMarked
package io.saltus.testkit;

import org.jspecify.annotations.NullMarked;
