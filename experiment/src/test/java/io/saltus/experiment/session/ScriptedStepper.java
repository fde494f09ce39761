package io.saltus.experiment.session;

import io.saltus.experiment.metric.Catalogue;
import io.saltus.experiment.metric.ColumnKind;
import io.saltus.experiment.metric.MetricDescriptor;
import io.saltus.experiment.metric.MetricName;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongToDoubleFunction;

/**
 * Records train.loss at every update and two evaluation sets when asked, as functions of the step,
 * and keeps a protocol of what was asked.
 */
final class ScriptedStepper implements Stepper {

  static final MetricName TRAIN_LOSS = MetricName.lossOf("train");
  static final MetricName TRAIN_SET = MetricName.accuracyOf("train-set");
  static final MetricName VALIDATION = MetricName.accuracyOf("validation");
  static final MetricName TOKENS = new MetricName("tokens");
  static final MetricName SECONDS = new MetricName("wall-seconds");
  static final List<String> SETS = List.of("train-set", "validation");
  static final Catalogue CATALOGUE =
      new Catalogue(
          List.of(
              descriptor(TRAIN_LOSS, ColumnKind.F32, true),
              descriptor(TRAIN_SET, ColumnKind.F64, true),
              descriptor(VALIDATION, ColumnKind.F32, true),
              descriptor(TOKENS, ColumnKind.I64, true),
              descriptor(SECONDS, ColumnKind.F64, false)));

  private final LongToDoubleFunction loss;
  private final LongToDoubleFunction validation;
  private final List<String> asked = new ArrayList<>();

  ScriptedStepper(LongToDoubleFunction loss, LongToDoubleFunction validation) {
    this.loss = loss;
    this.validation = validation;
  }

  List<String> asked() {
    return asked;
  }

  @Override
  public void update(long step, List<String> sets, StepRecord record) {
    asked.add("update " + step + " " + sets);
    record.f32(0, (float) loss.applyAsDouble(step));
    record.i64(3, step * 512);
    record.f64(4, Double.NaN);
    values(step, sets, record);
  }

  @Override
  public void evaluate(long step, List<String> sets, StepRecord record) {
    asked.add("evaluate " + step + " " + sets);
    values(step, sets, record);
  }

  private void values(long step, List<String> sets, StepRecord record) {
    for (String set : sets) {
      if (set.equals("validation")) {
        record.f32(2, (float) validation.applyAsDouble(step));
      } else {
        record.f64(1, 1.0 / (step + 1));
      }
    }
  }

  private static MetricDescriptor descriptor(
      MetricName name, ColumnKind kind, boolean deterministic) {
    return new MetricDescriptor(name, "", kind, 1, "", "every step", deterministic, false);
  }
}
