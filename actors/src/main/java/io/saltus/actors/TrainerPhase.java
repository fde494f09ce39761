package io.saltus.actors;

import io.saltus.persistence.projection.RunState;
import java.util.Locale;

/** Where a trainer is in the life of its run. */
enum TrainerPhase {
  /** No event of the run has been journalled. */
  UNKNOWN(true),
  /** Submitted; no attempt has begun. */
  QUEUED(true),
  /** A device is leased and the session is being opened on it. */
  OPENING(false),
  /** What the journal already holds is executed again and compared. */
  CATCHING_UP(false),
  /** History was rewound; the session goes back to the state with which the attempt began. */
  STARTING_OVER(false),
  /** Chunks are computed and journalled. */
  TRAINING(false),
  /** The chunk under way is the last of its attempt. */
  DRAINING(false),
  /** The last frame of its attempt is durable; its state is being saved, then the run rests. */
  LEAVING(false),
  /** The last frame of the run is durable; its state is being saved, then the run is complete. */
  COMPLETING(false),
  /** An attempt is open in the journal but has no session. */
  INTERRUPTED(true),
  /** Paused: it can go on. */
  RESTING(true),
  /** Completed, failed or cancelled. */
  ENDED(true),
  /** Somebody deleted the run. */
  DELETED(true);

  private final boolean atRest;

  TrainerPhase(boolean atRest) {
    this.atRest = atRest;
  }

  /** The phase of a trainer that has no session at work. */
  static TrainerPhase of(RunState state) {
    if (state.submission().isEmpty()) {
      return UNKNOWN;
    }
    if (state.deleted()) {
      return DELETED;
    }
    return switch (state.status()) {
      case QUEUED -> QUEUED;
      case RUNNING -> INTERRUPTED;
      case PAUSED -> RESTING;
      case COMPLETED, FAILED, CANCELLED, IMPORTED -> ENDED;
    };
  }

  /** As shown to people. */
  String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  /** Whether no session is at work, so that the phase follows from the journal alone. */
  boolean atRest() {
    return atRest;
  }
}
