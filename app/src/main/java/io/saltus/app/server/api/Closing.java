package io.saltus.app.server.api;

import io.saltus.app.server.http.HttpProblem;
import java.util.concurrent.atomic.AtomicBoolean;

/** Whether the server is about to end, and begins nothing any more. */
final class Closing {

  private final AtomicBoolean begun = new AtomicBoolean();

  void begin() {
    begun.set(true);
  }

  boolean isBegun() {
    return begun.get();
  }

  /**
   * @throws HttpProblem when it is
   */
  void refuse() {
    if (isBegun()) {
      throw refusal();
    }
  }

  static HttpProblem refusal() {
    return HttpProblem.busy("the server is about to end and begins nothing. Ask the next one.");
  }
}
