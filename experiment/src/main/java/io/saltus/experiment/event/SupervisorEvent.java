package io.saltus.experiment.event;

import io.saltus.experiment.DeviceId;
import io.saltus.experiment.RunId;

/** What the supervisor of a home decided. */
public sealed interface SupervisorEvent {

  /** A run was accepted and waits for its turn. */
  record RunEnqueued(RunId run, String experiment) implements SupervisorEvent {}

  /**
   * A device was given to one attempt of a run.
   *
   * @param fence grows with every lease of the home; frames under an older one are refused
   */
  record LeaseGranted(long fence, DeviceId device, RunId run) implements SupervisorEvent {}

  /** A device is free again. */
  record LeaseReleased(long fence, String reason) implements SupervisorEvent {}

  /** A run came to rest. */
  record RunSettled(RunId run, RunOutcome outcome) implements SupervisorEvent {}

  /** How a run came to rest. */
  enum RunOutcome {
    /** It reached its end. */
    COMPLETED,
    /** It failed. */
    FAILED,
    /** It was cancelled. */
    CANCELLED,
    /** It rests and can go on. */
    PAUSED
  }
}
