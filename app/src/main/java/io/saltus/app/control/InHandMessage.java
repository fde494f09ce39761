package io.saltus.app.control;

import io.saltus.app.json.Json;
import io.saltus.persistence.control.ControlRequest;
import io.saltus.persistence.control.ControlResponse;

/**
 * Asks whether a run or study that was left to the process that holds the home is still in its
 * hands.
 *
 * @param name of the run or study
 */
public record InHandMessage(String name) {

  /** The name of the request. */
  public static final String NAME = "in-hand";

  /** The request that carries it. */
  public ControlRequest request() {
    return new ControlRequest(NAME, Json.line(json -> json.put("name", name)));
  }

  /**
   * Reads the body of a request.
   *
   * @throws IllegalArgumentException when it is not one
   */
  public static InHandMessage read(String body) {
    return new InHandMessage(Fields.of(body).require("name"));
  }

  /** The answer to it, and to each order: whether what was named is in the answerer's hands. */
  public static ControlResponse answer(boolean inHand) {
    return ControlResponse.ok(Json.line(json -> json.put("in-hand", inHand ? 1 : 0)));
  }

  /** What {@link #answer} said. */
  public static boolean isInHand(ControlResponse response) {
    return Fields.of(response.body()).whole("in-hand") == 1;
  }
}
