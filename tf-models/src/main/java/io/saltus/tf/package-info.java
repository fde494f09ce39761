/**
 * Training sessions, datasets and device discovery on TensorFlow, behind the ports of {@code
 * io.saltus.experiment}. No other package imports TensorFlow.
 */
@NullMarked
package io.saltus.tf;

import org.jspecify.annotations.NullMarked;
