/**
 * The devices of this machine, found without loading any native library, and the environment in
 * which GPUs are used. What TensorFlow itself sees is asked in a process of its own.
 */
@NullMarked
package io.saltus.tf.device;

import org.jspecify.annotations.NullMarked;
