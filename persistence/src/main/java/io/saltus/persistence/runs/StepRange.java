package io.saltus.persistence.runs;

import io.saltus.experiment.metric.MetricFrame;
import java.util.Optional;

/**
 * Steps from one to another.
 *
 * @param from the first, from 0
 * @param until the last, included
 */
public record StepRange(long from, long until) {

  /** All steps. */
  public static final StepRange ALL = new StepRange(0, Long.MAX_VALUE);

  StepRange butNotBeyond(long step) {
    return step >= until ? this : new StepRange(from, step);
  }

  /** The part of a frame that lies in this range, if any does; a range can be empty. */
  public Optional<MetricFrame> cut(MetricFrame frame) {
    return from > until || frame.from() > until || frame.until() < from
        ? Optional.empty()
        : Optional.of(frame.between(from, until));
  }
}
