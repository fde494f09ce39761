package io.saltus.tf.graph;

import org.tensorflow.ndarray.Shape;

/**
 * A trained variable and how it begins: normally distributed around 0.
 *
 * @param name unique in its network
 * @param shape its shape
 * @param deviation standard deviation at step 0; 0 for all zeros
 */
public record Weight(String name, Shape shape, double deviation) {}
