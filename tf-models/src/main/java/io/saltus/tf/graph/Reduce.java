package io.saltus.tf.graph;

import java.util.List;
import java.util.stream.IntStream;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** Reductions to a scalar. */
final class Reduce {

  private Reduce() {}

  /** The sum of all elements of a tensor of a known rank. */
  static Operand<TFloat32> sum(Ops tf, Operand<TFloat32> x, int rank) {
    return tf.reduceSum(x, axes(tf, rank));
  }

  /** The mean of a vector. */
  static Operand<TFloat32> mean(Ops tf, Operand<TFloat32> x) {
    return tf.math.mean(x, axes(tf, 1));
  }

  /** The Euclidean norm of all elements of several tensors together. */
  static Operand<TFloat32> norm(Ops tf, List<Operand<TFloat32>> tensors, List<Weight> weights) {
    List<Operand<TFloat32>> squares =
        IntStream.range(0, tensors.size())
            .mapToObj(
                i ->
                    sum(
                        tf,
                        tf.math.mul(tensors.get(i), tensors.get(i)),
                        weights.get(i).shape().numDimensions()))
            .toList();
    return tf.math.sqrt(tf.math.addN(squares));
  }

  private static Operand<org.tensorflow.types.TInt32> axes(Ops tf, int rank) {
    return tf.constant(IntStream.range(0, rank).toArray());
  }
}
