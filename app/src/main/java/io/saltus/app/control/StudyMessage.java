package io.saltus.app.control;

import io.saltus.app.json.Json;
import io.saltus.experiment.StudyId;

/**
 * Something that is to be done with a study, on its way to the process that holds the home.
 *
 * @param study which
 * @param reason journalled with it
 */
public record StudyMessage(StudyId study, String reason) {

  /** The request that pauses a study. */
  public static final String PAUSE = "pause-study";

  /** The request that cancels a study. */
  public static final String CANCEL = "cancel-study";

  /** The request that deletes a study. */
  public static final String DELETE = "delete-study";

  /** The body of the request. */
  public String body() {
    return Json.line(json -> json.put("study", study.value()).put("reason", reason));
  }

  /**
   * Reads the body of a request.
   *
   * @throws IllegalArgumentException when it is not one
   */
  public static StudyMessage read(String body) {
    Fields fields = Fields.of(body);
    return new StudyMessage(new StudyId(fields.require("study")), fields.get("reason"));
  }
}
