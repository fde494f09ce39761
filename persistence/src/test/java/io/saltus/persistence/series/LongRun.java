package io.saltus.persistence.series;

import io.saltus.experiment.RunId;
import io.saltus.experiment.metric.F32Column;
import io.saltus.experiment.metric.MetricName;
import io.saltus.experiment.metric.Steps;
import io.saltus.persistence.runs.RunScript;
import io.saltus.persistence.runs.ScriptedJournal;
import java.util.stream.LongStream;

/** A run of one metric that is a smooth wave, but for what is put at single steps. */
final class LongRun {

  static final RunId RUN = new RunId("long");
  static final MetricName LOSS = new MetricName("train.loss");
  private static final int FRAME = 1_000;

  private LongRun() {}

  /** What stands at one step instead. */
  record Odd(long step, float value) {}

  static ScriptedJournal journal(long steps, Odd... odd) {
    ScriptedJournal journal = new ScriptedJournal();
    journal.append(RUN, RunScript.submitted(RUN), RunScript.started(1, -1));
    for (long from = 0; from < steps; from += FRAME) {
      float[] values = new float[FRAME];
      for (int i = 0; i < FRAME; i++) {
        values[i] = (float) Math.sin((from + i) / 10_000.0);
      }
      for (Odd each : odd) {
        if (each.step() >= from && each.step() < from + FRAME) {
          values[(int) (each.step() - from)] = each.value();
        }
      }
      Steps part = Steps.of(LongStream.range(from, from + FRAME).toArray());
      journal.append(
          RUN, RunScript.recorded(1, from, from + FRAME - 1, new F32Column(LOSS, part, values)));
    }
    return journal;
  }
}
