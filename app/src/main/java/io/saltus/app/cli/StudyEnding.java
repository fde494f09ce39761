package io.saltus.app.cli;

import io.saltus.actors.study.StudyEnd;
import io.saltus.app.problem.ExitCode;
import io.saltus.experiment.event.StudyEvent.StudyObstacle;
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
    String rests =
        end.study()
            + " rests"
            + (end.reason().isEmpty() ? "" : " (" + end.reason() + ")")
            + "; all of it is in the journal. Go on with";
    String command = ": saltus study " + end.study();
    if (end.obstacle().isPresent()) {
      // Nobody stopped it, and going on just so would not help: a script has to know.
      boolean spent = end.obstacle().get() == StudyObstacle.BUDGET;
      invocation.complain(
          rests + (spent ? " more of them" + command + " --device-hours H" : command));
      return ExitCode.FAILED;
    }
    invocation.note("saltus: " + rests + command);
    return ExitCode.INTERRUPTED;
  }
}
