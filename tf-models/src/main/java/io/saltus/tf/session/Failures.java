package io.saltus.tf.session;

import io.saltus.experiment.event.AttemptEnd;
import io.saltus.experiment.session.SessionException;
import io.saltus.experiment.session.SessionLostException;

/** TensorFlow's exceptions in a form for users. */
final class Failures {

  /** What it says when a run did not end in the time that its options gave it. */
  private static final String TIMED_OUT = "Timed out waiting for notification";

  private Failures() {}

  /** The first line of what TensorFlow says: the others are its call stack. */
  static SessionException of(String what, RuntimeException failed) {
    String message = String.valueOf(failed.getMessage());
    if (message.startsWith(TIMED_OUT)) {
      return new SessionLostException(
          AttemptEnd.HUNG, what + ": it did not end in its time and was given up.");
    }
    return new SessionException(what + ": " + message.lines().findFirst().orElse(""), failed);
  }
}
