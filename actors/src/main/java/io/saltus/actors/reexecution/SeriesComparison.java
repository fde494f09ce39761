package io.saltus.actors.reexecution;

import io.saltus.experiment.RunId;
import io.saltus.experiment.metric.Catalogue;
import io.saltus.experiment.metric.MetricFrame;
import io.saltus.persistence.runs.RunReader;
import io.saltus.persistence.runs.StepRange;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/** Compares what two runs recorded, bit for bit, as a re-execution is compared. */
public final class SeriesComparison {

  private SeriesComparison() {}

  /**
   * The first step at which a deterministic metric differs, among the steps that both recorded.
   *
   * @return with the value of {@code one} as recorded and that of {@code other} as recomputed
   */
  public static Optional<Difference> first(RunReader runs, RunId one, RunId other) {
    long last = Math.min(runs.state(one).step(), runs.state(other).step());
    if (last < 0) {
      return Optional.empty();
    }
    StepRange common = new StepRange(0, last);
    Catalogue catalogue = runs.state(other).catalogue().orElseThrow();
    FrameComparison comparison = new FrameComparison(catalogue);
    RecordedFrames recorded = new RecordedFrames(runs.deterministicFrames(one, common));
    Iterator<MetricFrame> others = runs.deterministicFrames(other, common);
    while (others.hasNext()) {
      MetricFrame frame = others.next();
      Optional<Difference> difference =
          comparison.first(List.copyOf(recorded.between(frame.from(), frame.until())), frame);
      if (difference.isPresent()) {
        return difference;
      }
    }
    return Optional.empty();
  }
}
