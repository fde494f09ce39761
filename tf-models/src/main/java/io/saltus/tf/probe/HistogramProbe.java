package io.saltus.tf.probe;

import io.saltus.experiment.metric.ColumnKind;
import io.saltus.experiment.metric.MetricDescriptor;
import io.saltus.experiment.session.MetricProvider;
import io.saltus.experiment.session.ProbeView;
import io.saltus.experiment.session.StepRecord;
import io.saltus.experiment.session.TensorValue;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * How the elements of one variable or of its gradient are distributed, over edges that never
 * change, so that histograms of any steps can be compared: 0 and ±2ᵏ for k from −40 to 8, and
 * ±2¹²⁸, beyond which there is no single. A NaN or an infinity is counted nowhere.
 */
record HistogramProbe(Source source, String variable) implements MetricProvider {

  private static final int LEAST_EXPONENT = -40;
  private static final int GREATEST_EXPONENT = 8;
  private static final int SIDE = GREATEST_EXPONENT - LEAST_EXPONENT + 2;

  static final int BINS = 2 * SIDE;

  static String kind(Source source) {
    return source.text() + "-histogram";
  }

  @Override
  public String name() {
    return kind(source);
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public List<MetricDescriptor> metrics() {
    return List.of(source.descriptor(name() + "." + variable, ColumnKind.HISTOGRAM, BINS));
  }

  @Override
  public Set<String> gradients() {
    return source.gradients(variable);
  }

  @Override
  public void record(ProbeView view, StepRecord record) {
    double[] edges = edges();
    source
        .of(view, variable)
        .ifPresent(tensor -> record.histogram(0, edges, counts(tensor, edges)));
  }

  static double[] edges() {
    double[] edges = new double[BINS + 1];
    for (int i = 1; i <= SIDE; i++) {
      double edge = i == SIDE ? 0x1p128 : Math.scalb(1.0, LEAST_EXPONENT + i - 1);
      edges[SIDE + i] = edge;
      edges[SIDE - i] = -edge;
    }
    return edges;
  }

  static long[] counts(TensorValue tensor, double[] edges) {
    FloatBuffer values = tensor.bytes().asFloatBuffer();
    long[] counts = new long[edges.length - 1];
    while (values.hasRemaining()) {
      // The search tells −0 from 0; their bin is the same.
      double value = values.get() + 0.0;
      int found = Arrays.binarySearch(edges, value);
      int bin = found >= 0 ? found : -found - 2;
      if (bin >= 0 && bin < counts.length && !Double.isNaN(value)) {
        counts[bin]++;
      }
    }
    return counts;
  }
}
