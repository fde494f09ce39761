package io.saltus.actors;

/** What moves a trainer from one phase to another. */
enum TrainerTrigger {
  /** A new run is asked for. */
  SUBMIT,
  /** A run is asked to go on. */
  RESUME,
  /** A run gets a later last step. */
  EXTEND,
  /** A device was leased. */
  BEGIN,
  /** A session is open, and nothing is recorded beyond its state. */
  SESSION_OPENED,
  /** A session is open, and steps are recorded beyond its state. */
  SESSION_BEHIND,
  /** It could not be opened. */
  OPENING_FAILED,
  /** Some recorded steps were executed again and came out the same. */
  MATCH,
  /** All of them did. */
  CAUGHT_UP,
  /** All of them did, and the last of them is the end of the run. */
  CAUGHT_UP_AT_END,
  /** One came out otherwise, and the run fails of it. */
  DIVERGED,
  /** One came out otherwise, and the run goes on from before it. */
  DIVERGED_FLAGGED,
  /** The session is back where the attempt began. */
  STARTED_OVER,
  /** A frame after which the run goes on. */
  FRAME,
  /** A frame with which the run is complete. */
  LAST_FRAME,
  /** A frame whose last step has a deterministic value that is not finite. */
  NON_FINITE_FRAME,
  /** A state is on disk, and the attempt goes on. */
  CHECKPOINT_SAVED,
  /** A state could not be written. */
  CHECKPOINT_FAILED,
  /** The last state of an attempt is on disk. */
  LEFT,
  /** The last state of a cancelled run is on disk, or could not be written. */
  LEFT_FOR_GOOD,
  /** The last state of the run is on disk. */
  COMPLETED,
  /** The session threw, or its actor is gone. */
  SESSION_FAILED,
  /** The session is lost or has failed, and the run is tried again. */
  SESSION_LOST,
  /** It is lost while the run was about to rest. */
  LOST_LEAVING,
  /** It was lost before it was open, and is tried again. */
  OPENING_LOST,
  /** A frame with a value that is not finite, and the run is tried again. */
  NON_FINITE_ONCE,
  /**
   * The recorded steps came out the same, and the last of them has the value that is not finite.
   */
  NON_FINITE_TWICE,
  /** Somebody wants the run to rest. */
  PAUSE,
  /** A more urgent run waits for the devices. */
  GIVE_WAY,
  /** The last state of an attempt that gives way is on disk, or could not be written. */
  GAVE_WAY,
  /** A pause has waited long enough. */
  PATIENCE_ENDED,
  /** Somebody wants the run to end for good. */
  CANCEL,
  /** Somebody deletes the run. */
  DELETE,
  /** An attempt without a session is to be ended. */
  CLOSE_ATTEMPT,
  /** People have something to say about the run. */
  ANNOTATE
}
