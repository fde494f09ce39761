package io.saltus.tf.graph;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * A multi-layer perceptron on bytes scaled to [0, 1]: activation(x · hidden + bias) · readout +
 * bias.
 *
 * @param inputs bytes per example
 * @param width hidden units
 * @param classes how many logits
 * @param activation of the hidden units
 */
public record PixelNetwork(int inputs, int width, int classes, Activation activation)
    implements Network {

  private static final float BYTE_RANGE = 255;

  @Override
  public List<Weight> weights() {
    // He et al. 2015 (arXiv 1502.01852) for ReLU; half of its variance where nothing is cut off.
    double gain = activation == Activation.RELU ? 2 : 1;
    return List.of(
        new Weight("hidden.weights", Shape.of(inputs, width), Math.sqrt(gain / inputs)),
        new Weight("hidden.bias", Shape.of(width), 0),
        new Weight("readout.weights", Shape.of(width, classes), 1 / Math.sqrt(width)),
        new Weight("readout.bias", Shape.of(classes), 0));
  }

  @Override
  public Operand<TFloat32> logits(Ops tf, List<Operand<TFloat32>> weights, Features features) {
    Operand<TFloat32> bytes = tf.dtypes.cast(features.bytes().get(0), TFloat32.class);
    Operand<TFloat32> scaled = tf.math.div(bytes, tf.constant(BYTE_RANGE));
    Operand<TFloat32> hidden =
        activation.of(tf, tf.math.add(tf.linalg.matMul(scaled, weights.get(0)), weights.get(1)));
    return tf.math.add(tf.linalg.matMul(hidden, weights.get(2)), weights.get(3));
  }
}
