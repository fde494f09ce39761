package io.saltus.actors.study;

import io.saltus.actors.Settlement;
import io.saltus.experiment.RunId;
import io.saltus.experiment.event.SupervisorEvent.RunOutcome;

/**
 * How a run came to rest, as it is told of one among others.
 *
 * @param step the last step that is durable; -1 when none is
 * @param message why, for people; empty when there is nothing to say
 */
public record RunRest(RunId run, RunOutcome outcome, long step, String message) {

  /** What a settlement says of a run. */
  public static RunRest of(Settlement settlement) {
    return new RunRest(
        settlement.run(),
        settlement.outcome(),
        settlement.step(),
        settlement.cause().map(cause -> cause.text() + ": ").orElse("") + settlement.message());
  }
}
