package io.saltus.persistence.projection;

import io.saltus.experiment.event.RunEvent.Diverged;
import java.util.List;
import java.util.Optional;

/**
 * Whether the recorded history is what one uninterrupted execution would have given.
 *
 * @param exact true, false, or empty when it is unproved
 * @param reason why it is not true
 */
public record Exactness(Optional<Boolean> exact, Optional<String> reason) {

  private static final Exactness PROVED = new Exactness(Optional.of(true), Optional.empty());

  /**
   * A divergence or a rewound history is never exact. An attempt that began where nothing was
   * recorded, or with the state that a fork takes over, is exact in itself; a later one must have
   * caught up, in the numeric environment of the first.
   */
  static Exactness of(
      List<AttemptState> attempts, long beginsWith, Optional<Diverged> diverged, int rewinds) {
    if (diverged.isPresent()) {
      Diverged first = diverged.get();
      return no(
          "attempt %d gave another %s at step %d"
              .formatted(first.attempt(), first.subject(), first.step()));
    }
    if (rewinds > 0) {
      return no("history was rewound");
    }
    if (attempts.isEmpty()) {
      return unproved("nothing has been computed");
    }
    for (AttemptState attempt : attempts) {
      Optional<String> doubt = doubt(attempts.get(0), attempt, beginsWith);
      if (doubt.isPresent()) {
        return unproved(doubt.get());
      }
    }
    return PROVED;
  }

  /** Of a run that was computed elsewhere. */
  static Exactness ofImported() {
    return unproved("it was computed elsewhere and imported");
  }

  private static Optional<String> doubt(AttemptState first, AttemptState attempt, long beginsWith) {
    if (attempt.recordedBefore() <= beginsWith || attempt.lastStep() == RecordedMetrics.NO_STEP) {
      return Optional.empty();
    }
    List<String> differing = attempt.fingerprint().numericDifferences(first.fingerprint());
    if (!differing.isEmpty()) {
      return Optional.of(
          "attempt %d ran in another numeric environment: %s"
              .formatted(attempt.attempt(), String.join(", ", differing)));
    }
    return attempt.caughtUp()
        ? Optional.empty()
        : Optional.of(
            "attempt %d went on after step %d without executing recorded steps again"
                .formatted(attempt.attempt(), attempt.recordedBefore()));
  }

  private static Exactness no(String reason) {
    return new Exactness(Optional.of(false), Optional.of(reason));
  }

  private static Exactness unproved(String reason) {
    return new Exactness(Optional.empty(), Optional.of(reason));
  }
}
