package io.saltus.actors;

import io.saltus.experiment.RunId;
import io.saltus.experiment.event.AttemptEnd;
import io.saltus.experiment.event.SupervisorEvent.RunOutcome;
import java.util.Optional;

/**
 * How a run came to rest.
 *
 * @param run which
 * @param outcome in what state it rests
 * @param step the last step that is durable; -1 when none is
 * @param cause why its attempt ended; empty when none had begun
 * @param message for people; empty when there is nothing to say
 */
public record Settlement(
    RunId run, RunOutcome outcome, long step, Optional<AttemptEnd> cause, String message) {

  static Settlement failed(RunId run, long step, AttemptEnd cause, String message) {
    return new Settlement(run, RunOutcome.FAILED, step, Optional.of(cause), message);
  }
}
