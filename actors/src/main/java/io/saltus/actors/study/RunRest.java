package io.saltus.actors.study;

import io.saltus.experiment.RunId;
import io.saltus.experiment.event.SupervisorEvent.RunOutcome;

/**
 * How a run came to rest, as it is told of one among others.
 *
 * @param step the last step that is durable; -1 when none is
 * @param message why, for people; empty when there is nothing to say
 */
public record RunRest(RunId run, RunOutcome outcome, long step, String message) {}
