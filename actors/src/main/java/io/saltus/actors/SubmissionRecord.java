package io.saltus.actors;

import io.saltus.experiment.event.RunEvent;
import io.saltus.experiment.spec.SpecDigest;
import io.saltus.experiment.spec.SpecSchema;
import java.util.Optional;

/** Turns what was asked for into what is journalled of it. */
final class SubmissionRecord {

  private SubmissionRecord() {}

  /**
   * @param schema of all programs
   */
  static RunEvent.RunSubmitted of(Submission submission, SpecSchema schema) {
    return new RunEvent.RunSubmitted(
        submission.run(),
        schema.withoutInputPaths(submission.spec()),
        SpecDigest.of(submission.spec(), schema),
        submission.code(),
        submission.digests(),
        Optional.empty());
  }
}
