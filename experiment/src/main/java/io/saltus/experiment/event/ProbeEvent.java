package io.saltus.experiment.event;

import io.saltus.experiment.metric.Catalogue;
import io.saltus.experiment.metric.MetricFrame;

/**
 * Metrics that nobody asked for at the time. They stand in a stream beside that of the run, so that
 * they can be recorded again; they are in none of its digests.
 */
public sealed interface ProbeEvent {

  /**
   * A window of the run was executed again and further metrics were recorded.
   *
   * @param provider who computes them
   * @param version of the provider, at least 1
   * @param fromStep the first step of the window
   * @param untilStep the last step of the window, included
   * @param catalogue the metrics
   * @param frame their values, at steps inside the window
   */
  record ProbeRecorded(
      String provider,
      int version,
      long fromStep,
      long untilStep,
      Catalogue catalogue,
      MetricFrame frame)
      implements ProbeEvent {
    /** Refuses a window that ends before it begins or does not hold the frame. */
    public ProbeRecorded {
      if (untilStep < fromStep) {
        throw new IllegalArgumentException("a window from " + fromStep + " until " + untilStep);
      }
      if (frame.from() < fromStep || frame.until() > untilStep) {
        throw new IllegalArgumentException(
            "a frame from %d until %d in a window from %d until %d"
                .formatted(frame.from(), frame.until(), fromStep, untilStep));
      }
    }
  }
}
