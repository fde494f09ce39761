package io.saltus.app.cli;

import io.saltus.actors.Settlement;
import io.saltus.app.problem.ExitCode;
import io.saltus.experiment.event.AttemptEnd;
import io.saltus.experiment.event.SupervisorEvent.RunOutcome;
import java.util.Locale;

/** A run that has come to rest: reported, and what its process ends with. */
final class RunEnding {

  private final Invocation invocation;

  RunEnding(Invocation invocation) {
    this.invocation = invocation;
  }

  /** Says where a run rests because somebody wanted it to, and how it goes on. */
  ExitCode paused(Settlement settlement) {
    try (Reading reading = Reading.open(invocation)) {
      if (invocation.json()) {
        invocation.print(reading.line(settlement.run()));
      }
    }
    invocation.note(Continuation.rests(settlement.run(), settlement.step()));
    return ExitCode.INTERRUPTED;
  }

  /** Shows a run whole, and says what went wrong. */
  ExitCode reported(Settlement told) {
    Settlement settlement;
    try (Reading reading = Reading.open(invocation)) {
      reading.report(told.run());
      settlement = told.afterwards(reading.runs().state(told.run()));
    }
    if (settlement.outcome() == RunOutcome.COMPLETED) {
      return ExitCode.FINE;
    } else if (settlement.outcome() == RunOutcome.PAUSED
        && settlement.cause().filter(AttemptEnd.PAUSED::equals).isPresent()) {
      return paused(settlement);
    }
    invocation.complain(
        "the run "
            + settlement.outcome().name().toLowerCase(Locale.ROOT)
            + " at step "
            + settlement.step()
            + ": "
            + settlement.cause().map(AttemptEnd::text).orElse("before it began")
            + (settlement.message().isEmpty() ? "" : ": " + settlement.message()));
    return settlement.cause().filter(AttemptEnd.DIVERGED::equals).isPresent()
        ? ExitCode.DIVERGED
        : ExitCode.FAILED;
  }
}
