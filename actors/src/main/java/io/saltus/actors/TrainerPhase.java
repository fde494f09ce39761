package io.saltus.actors;

import io.saltus.persistence.projection.RunState;

/** Where a trainer is in the life of its run. */
enum TrainerPhase {
  /** No event of the run has been journalled. */
  UNKNOWN(true),
  /** Submitted; no attempt has begun. */
  QUEUED(true),
  /** A device is leased and the session is being opened on it. */
  OPENING(false),
  /** Chunks are computed and journalled. */
  TRAINING(false),
  /** The chunk under way is the last of its attempt. */
  DRAINING(false),
  /** An attempt is open in the journal but has no session. */
  INTERRUPTED(true),
  /** Paused: it can go on. */
  RESTING(true),
  /** Completed, failed or cancelled. */
  ENDED(true);

  private final boolean atRest;

  TrainerPhase(boolean atRest) {
    this.atRest = atRest;
  }

  /** The phase of a trainer that has no session at work. */
  static TrainerPhase of(RunState state) {
    if (state.submission().isEmpty()) {
      return UNKNOWN;
    }
    return switch (state.status()) {
      case QUEUED -> QUEUED;
      case RUNNING -> INTERRUPTED;
      case PAUSED -> RESTING;
      case COMPLETED, FAILED, CANCELLED, IMPORTED -> ENDED;
    };
  }

  /** Whether no session is at work, so that the phase follows from the journal alone. */
  boolean atRest() {
    return atRest;
  }
}
