package io.saltus.actors;

/** What moves a trainer from one phase to another: its commands, told apart by what they mean. */
enum TrainerTrigger {
  /** The run is submitted. */
  SUBMIT,
  /** People's words are to be added. */
  ANNOTATE,
  /** A device is leased to the run. */
  BEGIN,
  /** The session stands at its initial state. */
  SESSION_OPENED,
  /** The session could not be opened. */
  OPENING_FAILED,
  /** A frame came after which the run goes on. */
  FRAME,
  /** A frame came that holds the last step, or the step at which a rule was met. */
  LAST_FRAME,
  /** A frame came whose last step has a deterministic metric that is not finite. */
  NON_FINITE_FRAME,
  /** The session failed. */
  SESSION_FAILED,
  /** The run is to rest. */
  PAUSE,
  /** The session did not finish its chunk in the time given to a pause. */
  PATIENCE_ENDED,
  /** The attempt's trainer died; its open attempt is to be ended. */
  CLOSE_ATTEMPT
}
