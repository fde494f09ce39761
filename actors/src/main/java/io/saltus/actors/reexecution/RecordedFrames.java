package io.saltus.actors.reexecution;

import io.saltus.experiment.metric.MetricFrame;
import io.saltus.persistence.runs.StepRange;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Hands out recorded frames in consecutive parts that are cut where a re-execution wants them. */
final class RecordedFrames {

  private final Iterator<MetricFrame> frames;
  private @Nullable MetricFrame rest;

  RecordedFrames(Iterator<MetricFrame> frames) {
    this.frames = frames;
  }

  /** What is recorded from {@code from} to {@code until}, which follows the part asked for last. */
  List<MetricFrame> between(long from, long until) {
    StepRange range = new StepRange(from, until);
    List<MetricFrame> parts = new ArrayList<>();
    while (true) {
      MetricFrame frame = rest != null ? rest : frames.hasNext() ? frames.next() : null;
      rest = null;
      if (frame == null) {
        return parts;
      }
      range.cut(frame).ifPresent(parts::add);
      if (frame.until() > until) {
        rest = frame;
        return parts;
      }
      if (frame.until() == until) {
        return parts;
      }
    }
  }
}
