package io.saltus.tf.probe;

import io.saltus.experiment.metric.ColumnKind;
import io.saltus.experiment.metric.MetricDescriptor;
import io.saltus.experiment.session.MetricProvider;
import io.saltus.experiment.session.ProbeView;
import io.saltus.experiment.session.StepRecord;
import io.saltus.experiment.session.TensorValue;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Set;

/** The Euclidean norm of one variable or of its gradient. */
record NormProbe(Source source, String variable) implements MetricProvider {

  static String kind(Source source) {
    return source.text() + "-norm";
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
    return List.of(source.descriptor(name() + "." + variable, ColumnKind.F64, 1));
  }

  @Override
  public Set<String> gradients() {
    return source.gradients(variable);
  }

  @Override
  public void record(ProbeView view, StepRecord record) {
    source.of(view, variable).ifPresent(tensor -> record.f64(0, norm(tensor)));
  }

  static double norm(TensorValue tensor) {
    FloatBuffer values = tensor.bytes().asFloatBuffer();
    double squares = 0;
    while (values.hasRemaining()) {
      double value = values.get();
      squares += value * value;
    }
    return StrictMath.sqrt(squares);
  }
}
