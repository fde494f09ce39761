package io.saltus.persistence.control;

/**
 * What is answered.
 *
 * @param ok whether it was done
 * @param body the result, or what is wrong, as JSON on one line
 */
public record ControlResponse(boolean ok, String body) {

  /** Refuses what cannot be sent. */
  public ControlResponse {
    Lines.check(body);
  }

  /**
   * Answers that it was done.
   *
   * @param body the result as JSON on one line
   * @return the answer
   */
  public static ControlResponse ok(String body) {
    return new ControlResponse(true, body);
  }

  /**
   * Answers that it was not done.
   *
   * @param body why, as JSON on one line
   * @return the answer
   */
  public static ControlResponse refused(String body) {
    return new ControlResponse(false, body);
  }
}
