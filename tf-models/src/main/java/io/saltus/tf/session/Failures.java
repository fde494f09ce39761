package io.saltus.tf.session;

import io.saltus.experiment.session.SessionException;

/** TensorFlow's exceptions in a form for users. */
final class Failures {

  private Failures() {}

  /** The first line of what TensorFlow says: the others are its call stack. */
  static SessionException of(String what, RuntimeException failed) {
    String message = String.valueOf(failed.getMessage());
    return new SessionException(what + ": " + message.lines().findFirst().orElse(""), failed);
  }
}
