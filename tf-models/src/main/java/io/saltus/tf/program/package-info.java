/**
 * The built-in tasks, models and optimisers, offered through the same door as those of a plug-in.
 */
@NullMarked
package io.saltus.tf.program;

import org.jspecify.annotations.NullMarked;
