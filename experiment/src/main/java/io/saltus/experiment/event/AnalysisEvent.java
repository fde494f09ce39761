package io.saltus.experiment.event;

import io.saltus.experiment.jump.ChangePoint;
import io.saltus.experiment.jump.Jump;
import io.saltus.experiment.jump.TestedSeries;
import io.saltus.experiment.metric.MetricName;
import io.saltus.experiment.provenance.CodeProvenance;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What is made of the series of a run. It stands in a stream beside that of the run, so that it can
 * be made again by a newer detector, and the old result stays; none changes the run.
 */
public sealed interface AnalysisEvent {

  /**
   * The series of a run were analysed as a whole.
   *
   * @param detector who did it
   * @param version of the detector, at least 1
   * @param parameters what it was told, in its own order, each name once
   * @param untilStep the last step that it saw
   * @param untilSequence the last event of the run that it saw
   * @param tested the metrics that were tested together, each once
   * @param jumps of these metrics, by midpoint
   * @param changePoints of these metrics, by step: what is significant, but no jump
   * @param code the code that did it
   */
  record AnalysisCompleted(
      String detector,
      int version,
      List<Parameter> parameters,
      long untilStep,
      long untilSequence,
      List<TestedSeries> tested,
      List<Jump> jumps,
      List<ChangePoint> changePoints,
      CodeProvenance code)
      implements AnalysisEvent {
    /** Refuses names that come twice, and finds in metrics that were not tested. */
    public AnalysisCompleted {
      parameters = List.copyOf(parameters);
      tested = List.copyOf(tested);
      jumps = List.copyOf(jumps);
      changePoints = List.copyOf(changePoints);
      once("parameter", parameters.stream().map(Parameter::name));
      Set<String> metrics = once("metric", tested.stream().map(TestedSeries::metric));
      within(metrics, jumps.stream().map(Jump::metric).toList());
      within(metrics, changePoints.stream().map(ChangePoint::metric).toList());
    }

    private static Set<String> once(String what, Stream<String> names) {
      Set<String> seen = new HashSet<>();
      names.forEach(
          name -> {
            if (!seen.add(name)) {
              throw new IllegalArgumentException("the " + what + " " + name + " comes twice");
            }
          });
      return seen;
    }

    private static void within(Set<String> metrics, Collection<String> found) {
      for (String metric : found) {
        if (!metrics.contains(metric)) {
          throw new IllegalArgumentException(metric + " changes and was not tested");
        }
      }
    }
  }

  /**
   * What a monitor says while the run goes on. Of all that is said on a metric and a suspected step
   * the last word counts.
   */
  sealed interface Remark extends AnalysisEvent {

    /** Who says so. */
    String detector();

    /** Of the detector, at least 1. */
    int version();

    /** What it is about. */
    MetricName metric();

    /** Of the observation that made the suspicion. */
    long suspectedStep();

    /** Of the observation after which this is said. */
    long step();
  }

  /**
   * While the run goes on, a metric does what noise does not do.
   *
   * @param detector who saw it
   * @param version of the detector, at least 1
   * @param step of the observation that decided it
   * @param changeStep the first step of the change, as far as can be told by then
   * @param statistic how clear it is, in the detector's own measure
   * @param rise whether the metric rises
   */
  record JumpSuspected(
      String detector,
      int version,
      MetricName metric,
      long step,
      long changeStep,
      double statistic,
      boolean rise)
      implements Remark {
    /** Refuses a change that begins after it was seen. */
    public JumpSuspected {
      if (changeStep > step) {
        throw new IllegalArgumentException(
            "a change from step " + changeStep + " seen at step " + step);
      }
    }

    @Override
    public long suspectedStep() {
      return step;
    }
  }

  /**
   * A suspicion was right.
   *
   * @param detector who said so
   * @param version of the detector, at least 1
   * @param suspectedStep the {@code step} of the suspicion
   * @param step of the observation after which this was decided
   * @param jump what it is, as far as can be told by then
   */
  record JumpDetected(
      String detector, int version, MetricName metric, long suspectedStep, long step, Jump jump)
      implements Remark {
    /** Refuses a decision before the suspicion, and a jump of another metric. */
    public JumpDetected {
      decided(suspectedStep, step);
      if (!jump.metric().equals(metric.value())) {
        throw new IllegalArgumentException("a jump of " + jump.metric() + " in " + metric);
      }
    }
  }

  /**
   * A suspicion was wrong, or could not be proved.
   *
   * @param detector who said so
   * @param version of the detector, at least 1
   * @param suspectedStep the {@code step} of the suspicion
   * @param step of the observation after which this was decided
   * @param reason in words
   */
  record JumpWithdrawn(
      String detector, int version, MetricName metric, long suspectedStep, long step, String reason)
      implements Remark {
    /** Refuses a decision before the suspicion. */
    public JumpWithdrawn {
      decided(suspectedStep, step);
    }
  }

  /**
   * What a detector was told, as text.
   *
   * @param name such as {@code replicates}
   */
  record Parameter(String name, String value) {}

  private static void decided(long suspectedStep, long step) {
    if (step < suspectedStep) {
      throw new IllegalArgumentException(
          "suspected at step " + suspectedStep + ", decided at step " + step);
    }
  }
}
