package io.saltus.app.control;

import io.saltus.app.json.Json;
import io.saltus.experiment.StudyId;

/**
 * Something that is to be done with a study, on its way to the process that holds the home.
 *
 * @param study which
 * @param reason journalled with a pause or a cancellation
 * @param steps the later last step of an extension; 0 elsewhere
 */
public record StudyMessage(StudyId study, String reason, long steps) {

  /** The request that pauses a study. */
  public static final String PAUSE = "pause-study";

  /** The request that cancels a study. */
  public static final String CANCEL = "cancel-study";

  /** The request that deletes a study. */
  public static final String DELETE = "delete-study";

  /** The request that extends a study. */
  public static final String EXTEND = "extend-study";

  /** The body of the request. */
  public String body() {
    return Json.line(
        json -> json.put("study", study.value()).put("reason", reason).put("steps", steps));
  }

  /**
   * Reads the body of a request.
   *
   * @throws IllegalArgumentException when it is not one
   */
  public static StudyMessage read(String body) {
    Fields fields = Fields.of(body);
    return new StudyMessage(
        new StudyId(fields.require("study")), fields.get("reason"), fields.whole("steps"));
  }
}
