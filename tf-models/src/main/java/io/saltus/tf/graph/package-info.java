/**
 * TensorFlow graphs: variables, networks, optimisers and the training graph, in which every value
 * that is recorded is computed. Nothing here runs anything.
 */
@NullMarked
package io.saltus.tf.graph;

import org.jspecify.annotations.NullMarked;
