package io.saltus.actors;

import io.saltus.experiment.metric.Catalogue;
import io.saltus.experiment.metric.Column;
import io.saltus.experiment.metric.MetricDescriptor;
import io.saltus.experiment.metric.MetricFrame;
import io.saltus.experiment.metric.MetricName;
import io.saltus.experiment.metric.ScalarColumn;
import io.saltus.experiment.session.UntilProgress;
import java.util.Optional;

/** What a frame means for its run. A pure function of what is journalled. */
sealed interface FrameVerdict {

  /**
   * The run goes on.
   *
   * @param progress of the rules after the frame
   */
  record Continues(UntilProgress progress) implements FrameVerdict {}

  /**
   * The run is complete; by a rule that was met, or else by its last step.
   *
   * @param progress of the rules after the frame
   */
  record Completes(UntilProgress progress) implements FrameVerdict {}

  /** A deterministic metric of the frame's last step is not finite. */
  record NotFinite(MetricName metric) implements FrameVerdict {}

  /**
   * What a frame means. A value that is not finite outweighs a rule that was met and the last step:
   * neither can be believed then.
   *
   * @param before progress of the rules before the frame
   * @param end the last step of the run
   */
  static FrameVerdict of(MetricFrame frame, Catalogue catalogue, UntilProgress before, long end) {
    Optional<MetricName> notFinite = notFiniteAtLastStep(frame, catalogue);
    if (notFinite.isPresent()) {
      return new NotFinite(notFinite.get());
    }
    UntilProgress progress = before.observe(frame);
    return progress.met().isPresent() || frame.until() >= end
        ? new Completes(progress)
        : new Continues(progress);
  }

  private static Optional<MetricName> notFiniteAtLastStep(MetricFrame frame, Catalogue catalogue) {
    for (Column column : frame.columns()) {
      int last = column.size() - 1;
      if (column instanceof ScalarColumn scalar
          && last >= 0
          && scalar.steps().at(last) == frame.until()
          && !Double.isFinite(scalar.asDouble(last))
          && catalogue.find(column.name()).filter(MetricDescriptor::deterministic).isPresent()) {
        return Optional.of(column.name());
      }
    }
    return Optional.empty();
  }
}
