package io.saltus.experiment.event;

import io.saltus.experiment.provenance.CodeProvenance;
import io.saltus.experiment.provenance.Fingerprint;
import java.util.Optional;

/**
 * What later examinations of a run found. They stand in a stream beside that of the run, so that
 * they can be done again; none changes the run.
 */
public sealed interface AuditEvent {

  /**
   * Recorded steps of the run were executed again and compared bit for bit.
   *
   * @param fromStep the first step that was compared
   * @param untilStep the last step that was to be compared, included
   * @param identical whether every compared bit was equal
   * @param steps how many steps were compared
   * @param metrics how many metrics were compared
   * @param tensors how many tensors of checkpoints were compared
   * @param firstDifference where the first bit differed; empty exactly when all were equal
   * @param fingerprint the environment of this execution
   * @param code the code of this execution
   */
  record RunVerified(
      long fromStep,
      long untilStep,
      boolean identical,
      long steps,
      int metrics,
      int tensors,
      Optional<Difference> firstDifference,
      Fingerprint fingerprint,
      CodeProvenance code)
      implements AuditEvent {
    /** Refuses a range that ends before it begins, and a result that contradicts itself. */
    public RunVerified {
      if (untilStep < fromStep) {
        throw new IllegalArgumentException("verified from " + fromStep + " until " + untilStep);
      }
      if (identical == firstDifference.isPresent()) {
        throw new IllegalArgumentException(
            identical ? "identical, with a difference" : "not identical, without a difference");
      }
    }
  }

  /**
   * A value that was not the same again.
   *
   * @param step its step
   * @param subject the metric or the tensor
   * @param recorded as shortest decimal or digest
   * @param recomputed likewise
   */
  record Difference(long step, String subject, String recorded, String recomputed) {}
}
