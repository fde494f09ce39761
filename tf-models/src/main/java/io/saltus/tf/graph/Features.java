package io.saltus.tf.graph;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TUint8;

/**
 * The inputs of some examples in a graph, one row per example.
 *
 * @param numbers columns of shape [examples]
 * @param bytes columns of shape [examples, width]
 */
public record Features(List<Operand<TInt32>> numbers, List<Operand<TUint8>> bytes) {}
