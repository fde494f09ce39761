/**
 * TensorFlow sessions behind the port of {@code io.saltus.experiment.session}: the settings of the
 * process they compute in, its fingerprint, and the run of a graph step by step.
 */
@NullMarked
package io.saltus.tf.session;

import org.jspecify.annotations.NullMarked;
