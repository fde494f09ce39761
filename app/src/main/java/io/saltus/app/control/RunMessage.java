package io.saltus.app.control;

import io.saltus.app.json.Json;
import io.saltus.experiment.RunId;

/**
 * Something that is to be done with a run, on its way to the process that holds the home.
 *
 * @param run which
 * @param reason journalled with a pause or a cancellation
 * @param steps the later last step of an extension; 0 elsewhere
 */
public record RunMessage(RunId run, String reason, long steps) {

  /** The request that pauses a run. */
  public static final String PAUSE = "pause";

  /** The request that cancels a run. */
  public static final String CANCEL = "cancel";

  /** The request that deletes a run. */
  public static final String DELETE = "delete";

  /** The request that extends a run. */
  public static final String EXTEND = "extend";

  /** The request that leaves the going on with a run to the process that holds the home. */
  public static final String RESUME = "resume";

  /** The body of the request. */
  public String body() {
    return Json.line(
        json -> json.put("run", run.value()).put("reason", reason).put("steps", steps));
  }

  /**
   * Reads the body of a request.
   *
   * @throws IllegalArgumentException when it is not one
   */
  public static RunMessage read(String body) {
    Fields fields = Fields.of(body);
    return new RunMessage(
        new RunId(fields.require("run")), fields.get("reason"), fields.whole("steps"));
  }
}
