/** The TensorFlow loop that the training benchmark measures against. */
@NullMarked
package io.saltus.tf.session;

import org.jspecify.annotations.NullMarked;
