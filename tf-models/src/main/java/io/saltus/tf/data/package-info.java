/**
 * Datasets: labelled examples as plain arrays, generated from a seed or read from files, split
 * before any of them reaches a graph.
 */
@NullMarked
package io.saltus.tf.data;

import org.jspecify.annotations.NullMarked;
