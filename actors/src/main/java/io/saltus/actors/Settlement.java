package io.saltus.actors;

import io.saltus.actors.study.RunRest;
import io.saltus.experiment.RunId;
import io.saltus.experiment.event.AttemptEnd;
import io.saltus.experiment.event.SupervisorEvent.RunOutcome;
import io.saltus.persistence.projection.RunState;
import io.saltus.persistence.projection.RunStatus;
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

  /**
   * How the run rests in a journal that was read after its process had given it back: one of which
   * only its journal had failed may have been paused since ({@link LastWords}).
   */
  public Settlement afterwards(RunState state) {
    return cause.filter(AttemptEnd.JOURNAL_FAILED::equals).isPresent()
            && state.status() == RunStatus.PAUSED
        ? TrainerEvents.settlement(run, state)
        : this;
  }

  /** How a run rests that somebody else brought to its rest. */
  public static Settlement of(RunId run, RunState state) {
    return TrainerEvents.settlement(run, state);
  }

  /** The same, as it is told of one run among others. */
  public RunRest rest() {
    return new RunRest(
        run, outcome, step, cause.map(why -> why.text() + ": ").orElse("") + message);
  }

  static Settlement failed(RunId run, long step, AttemptEnd cause, String message) {
    return new Settlement(run, RunOutcome.FAILED, step, Optional.of(cause), message);
  }
}
