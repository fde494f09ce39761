/** The devices of this machine, found without loading any native library. */
@NullMarked
package io.saltus.tf.device;

import org.jspecify.annotations.NullMarked;
