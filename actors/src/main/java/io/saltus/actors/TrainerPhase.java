package io.saltus.actors;

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

  /** Whether no session is at work, so that the phase follows from the journal alone. */
  boolean atRest() {
    return atRest;
  }
}
