package io.saltus.tf.graph;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * A multi-layer perceptron on pairs of numbers: activation(left[a] + right[b] + bias) · readout +
 * bias. A table per operand is the same as a layer on two concatenated one-hot vectors.
 *
 * @param modulus how many numbers there are, and classes
 * @param width hidden units
 * @param activation of the hidden units
 */
public record PairNetwork(int modulus, int width, Activation activation) implements Network {

  @Override
  public List<Weight> weights() {
    double deviation = 1 / Math.sqrt(width);
    return List.of(
        new Weight("embedding.left", Shape.of(modulus, width), deviation),
        new Weight("embedding.right", Shape.of(modulus, width), deviation),
        new Weight("hidden.bias", Shape.of(width), 0),
        new Weight("readout.weights", Shape.of(width, modulus), deviation),
        new Weight("readout.bias", Shape.of(modulus), 0));
  }

  @Override
  public Operand<TFloat32> logits(Ops tf, List<Operand<TFloat32>> weights, Features features) {
    Operand<TInt32> left = features.numbers().get(0);
    Operand<TInt32> right = features.numbers().get(1);
    Operand<TInt32> rows = tf.constant(0);
    Operand<TFloat32> sum =
        tf.math.add(tf.gather(weights.get(0), left, rows), tf.gather(weights.get(1), right, rows));
    Operand<TFloat32> hidden = activation.of(tf, tf.math.add(sum, weights.get(2)));
    return tf.math.add(tf.linalg.matMul(hidden, weights.get(3)), weights.get(4));
  }
}
