package io.saltus.app.control;

import io.saltus.persistence.control.ControlResponse;

/** What stands in the answer to a request that was refused. */
public final class ErrorAnswer {

  private ErrorAnswer() {}

  /** Why, for people. */
  public static String text(ControlResponse refused) {
    try {
      return Fields.of(refused.body()).find("error").orElse(refused.body());
    } catch (IllegalArgumentException otherVersion) {
      return refused.body();
    }
  }
}
