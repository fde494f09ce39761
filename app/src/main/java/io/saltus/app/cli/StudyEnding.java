package io.saltus.app.cli;

import io.saltus.actors.study.StudyEnd;
import io.saltus.app.problem.ExitCode;
import io.saltus.experiment.event.StudyEvent.StudyOutcome;

/** A study that has come to rest: reported, and what its process ends with. */
final class StudyEnding {

  private final Invocation invocation;

  StudyEnding(Invocation invocation) {
    this.invocation = invocation;
  }

  /**
   * Shows what it shows.
   *
   * @param asserting whether its expectations decide, too
   */
  ExitCode reported(StudyEnd end, boolean asserting) {
    boolean held;
    boolean failures;
    try (Reading reading = Reading.open(invocation)) {
      StudyReport report = StudyReport.read(invocation, reading, end.study());
      report.print(asserting);
      held = report.allHold();
      failures = report.hasFailures();
    }
    if (end.outcome() == StudyOutcome.COMPLETED) {
      return asserting && !held ? ExitCode.DIVERGED : failures ? ExitCode.FAILED : ExitCode.FINE;
    }
    return rested(end);
  }

  /** Says how a study rests that is not at its end. */
  ExitCode rested(StudyEnd end) {
    if (end.outcome() == StudyOutcome.CANCELLED) {
      invocation.complain(end.study() + " was cancelled");
      return ExitCode.FAILED;
    }
    invocation.note(
        "saltus: "
            + end.study()
            + " rests"
            + (end.reason().isEmpty() ? "" : " (" + end.reason() + ")")
            + "; all of it is in the journal. Go on with: saltus study "
            + end.study());
    return ExitCode.INTERRUPTED;
  }
}
