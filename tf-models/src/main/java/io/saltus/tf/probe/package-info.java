/**
 * The probe metrics that come with Saltus: computed on the JVM in doubles, from copies of what a
 * session holds. They know no TensorFlow.
 */
@NullMarked
package io.saltus.tf.probe;

import org.jspecify.annotations.NullMarked;
