package io.saltus.persistence.runs;

import io.saltus.experiment.DeviceId;
import io.saltus.experiment.RunId;
import io.saltus.experiment.event.RunEvent;
import io.saltus.experiment.event.RunEvent.ForkOrigin;
import io.saltus.experiment.event.RunEvent.SlotFate;
import io.saltus.experiment.metric.Catalogue;
import io.saltus.experiment.metric.Column;
import io.saltus.experiment.metric.ColumnKind;
import io.saltus.experiment.metric.F32Column;
import io.saltus.experiment.metric.F64Column;
import io.saltus.experiment.metric.MetricFrame;
import io.saltus.experiment.metric.MetricName;
import io.saltus.experiment.metric.Steps;
import io.saltus.persistence.codec.Samples;
import java.util.List;
import java.util.Optional;

/** Events of small runs: an accuracy that is its step divided by 100, and a wall clock. */
public final class RunScript {

  static final MetricName ACCURACY = MetricName.accuracyOf("validation");
  static final MetricName WALL = new MetricName("wall-seconds");
  private static final Catalogue CATALOGUE =
      new Catalogue(
          List.of(
              Samples.metric(ACCURACY.value(), "validation", ColumnKind.F32, "", true, true),
              Samples.metric("examples", "", ColumnKind.I64, "", true, true),
              Samples.metric("train.loss", "train", ColumnKind.F32, "nats", true, false),
              Samples.metric(WALL.value(), "", ColumnKind.F64, "s", false, true)));

  private RunScript() {}

  /** An event. */
  public static RunEvent submitted(RunId run) {
    return submitted(run, Optional.empty());
  }

  /** An event. */
  public static RunEvent forked(RunId run, RunId parent, long step) {
    return submitted(run, Optional.of(new ForkOrigin(parent, step, SlotFate.KEPT)));
  }

  private static RunEvent submitted(RunId run, Optional<ForkOrigin> parent) {
    return new RunEvent.RunSubmitted(
        run, Samples.spec(), Samples.sha("spec"), Samples.code(), List.of(), parent);
  }

  /** An event. */
  public static RunEvent started(int attempt, long fromStep) {
    return new RunEvent.AttemptStarted(
        attempt, List.of(new DeviceId("cpu", 0)), fromStep, Samples.fingerprint(), CATALOGUE);
  }

  static RunEvent frame(int attempt, long from, long until) {
    return frame(attempt, from, until, 0);
  }

  /**
   * @param shift added to every accuracy
   */
  static RunEvent frame(int attempt, long from, long until, float shift) {
    int size = (int) (until - from + 1);
    long[] steps = new long[size];
    float[] accuracies = new float[size];
    double[] walls = new double[size];
    for (int i = 0; i < size; i++) {
      steps[i] = from + i;
      accuracies[i] = steps[i] / 100f + shift;
      walls[i] = attempt + steps[i] * 0.01;
    }
    return recorded(
        attempt,
        from,
        until,
        new F32Column(ACCURACY, Steps.of(steps), accuracies),
        new F64Column(WALL, Steps.of(steps), walls));
  }

  /** An event. */
  public static RunEvent recorded(int attempt, long from, long until, Column... columns) {
    return new RunEvent.MetricsRecorded(attempt, new MetricFrame(from, until, List.of(columns)));
  }

  /** An event. */
  public static RunEvent checkpoint(int attempt, long step) {
    return new RunEvent.CheckpointSaved(attempt, step, Samples.sha("state " + step), 1000);
  }
}
