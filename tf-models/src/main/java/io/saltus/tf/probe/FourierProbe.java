package io.saltus.tf.probe;

import io.saltus.experiment.metric.ColumnKind;
import io.saltus.experiment.metric.MetricDescriptor;
import io.saltus.experiment.session.MetricProvider;
import io.saltus.experiment.session.ProbeView;
import io.saltus.experiment.session.StepRecord;
import io.saltus.experiment.session.TensorValue;
import java.nio.FloatBuffer;
import java.util.List;

/**
 * How much of an embedding of the numbers modulo m is at each frequency k from 0 to ⌊m/2⌋: the
 * squares of its coefficients in the orthonormal basis of cos(2πka/m) and sin(2πka/m), summed over
 * both and over all columns. The powers add up to the square of the embedding's norm.
 *
 * <p>Source: N. Nanda et al., "Progress measures for grokking via mechanistic interpretability",
 * ICLR 2023, arXiv 2301.05217, section 4.1: networks that have grokked hold few frequencies.
 *
 * @param embedding of shape [modulus, width]
 * @param modulus at least 2
 */
record FourierProbe(String embedding, int modulus) implements MetricProvider {

  static final String KIND = "fourier-power";

  @Override
  public String name() {
    return KIND;
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public List<MetricDescriptor> metrics() {
    return List.of(
        Source.WEIGHT.descriptor(KIND + "." + embedding, ColumnKind.VECTOR, modulus / 2 + 1));
  }

  @Override
  public void record(ProbeView view, StepRecord record) {
    double[] power = power(view.read(embedding));
    float[] singles = new float[power.length];
    for (int k = 0; k < power.length; k++) {
      singles[k] = (float) power[k];
    }
    record.vector(0, singles);
  }

  /** The power at each frequency. */
  static double[] power(TensorValue embedding) {
    int rows = Math.toIntExact(embedding.shape().get(0));
    int width = Math.toIntExact(embedding.shape().get(1));
    double[] values = doubles(embedding);
    double[] cosines = new double[rows];
    double[] sines = new double[rows];
    for (int i = 0; i < rows; i++) {
      double angle = 2 * Math.PI * i / rows;
      cosines[i] = StrictMath.cos(angle);
      sines[i] = StrictMath.sin(angle);
    }
    double[] power = new double[rows / 2 + 1];
    for (int k = 0; k < power.length; k++) {
      // A frequency and its mirror image are one, but for 0 and the half of an even modulus.
      double share = (k == 0 || 2 * k == rows ? 1.0 : 2.0) / rows;
      double[] even = new double[width];
      double[] odd = new double[width];
      for (int row = 0; row < rows; row++) {
        int phase = (int) ((long) k * row % rows);
        for (int column = 0; column < width; column++) {
          double value = values[row * width + column];
          even[column] += value * cosines[phase];
          odd[column] += value * sines[phase];
        }
      }
      for (int column = 0; column < width; column++) {
        power[k] += share * (even[column] * even[column] + odd[column] * odd[column]);
      }
    }
    return power;
  }

  private static double[] doubles(TensorValue tensor) {
    FloatBuffer singles = tensor.bytes().asFloatBuffer();
    double[] values = new double[singles.remaining()];
    for (int i = 0; i < values.length; i++) {
      values[i] = singles.get(i);
    }
    return values;
  }
}
