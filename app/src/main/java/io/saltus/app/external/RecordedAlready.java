package io.saltus.app.external;

import io.saltus.actors.RefusedException;
import io.saltus.experiment.RunId;
import io.saltus.experiment.ShortestDecimal;
import io.saltus.experiment.metric.Column;
import io.saltus.experiment.metric.F64Column;
import io.saltus.experiment.metric.MetricFrame;
import io.saltus.experiment.metric.MetricName;
import io.saltus.experiment.metric.ScalarColumn;
import io.saltus.experiment.metric.Steps;
import io.saltus.persistence.runs.RecordedFrame;
import io.saltus.persistence.runs.RunReader;
import io.saltus.persistence.runs.StepRange;
import java.util.BitSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Holds values that come for steps of the past against the journal: whoever lost an answer sends
 * again what is there, and that is no contradiction. A value that is there is never replaced.
 */
final class RecordedAlready {

  private final RunId run;
  private final Map<MetricName, Sent> sent = new LinkedHashMap<>();

  /** What was sent of a metric, and which places of it were found. */
  private record Sent(F64Column column, BitSet found) {}

  private RecordedAlready(RunId run) {
    this.run = run;
  }

  /**
   * Compares.
   *
   * @param again of steps that are recorded
   * @throws RefusedException naming the first step and metric of which the journal says something
   *     else, or nothing
   */
  static void require(RunReader runs, RunId run, MetricFrame again) {
    RecordedAlready all = new RecordedAlready(run);
    for (Column column : again.columns()) {
      if (column instanceof F64Column values) {
        all.sent.put(values.name(), new Sent(values, new BitSet()));
      }
    }
    Iterator<RecordedFrame> frames = runs.frames(run, new StepRange(again.from(), again.until()));
    while (frames.hasNext()) {
      for (Column column : frames.next().frame().columns()) {
        Sent own = all.sent.get(column.name());
        if (own != null && column instanceof ScalarColumn recorded) {
          all.compare(own, recorded);
        }
      }
    }
    all.sent.values().forEach(all::requireFound);
  }

  private void compare(Sent own, ScalarColumn recorded) {
    Steps steps = own.column().steps();
    for (int i = 0; i < recorded.size(); i++) {
      long step = recorded.steps().at(i);
      int place = steps.firstAtLeast(step);
      if (place == steps.size() || steps.at(place) != step) {
        continue;
      }
      double now = own.column().value(place);
      if (Double.compare(recorded.asDouble(i), now) != 0) {
        throw new RefusedException(
            ("step %d of '%s' is recorded as %s already, not as %s: %s."
                    + " Nothing of the body was recorded.")
                .formatted(
                    step,
                    recorded.name(),
                    ShortestDecimal.of(recorded.asDouble(i)),
                    ShortestDecimal.of(now),
                    run));
      }
      own.found().set(place);
    }
  }

  private void requireFound(Sent own) {
    int missing = own.found().nextClearBit(0);
    if (missing < own.column().size()) {
      throw new RefusedException(
          ("step %d of '%s' comes too late, later steps are recorded: %s."
                  + " Send all metrics of a step together, and steps in order.")
              .formatted(own.column().steps().at(missing), own.column().name(), run));
    }
  }
}
