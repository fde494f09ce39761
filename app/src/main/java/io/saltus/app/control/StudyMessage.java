package io.saltus.app.control;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.saltus.app.json.Json;
import io.saltus.experiment.StudyId;
import java.io.IOException;
import java.util.Optional;

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

  private static final JsonFactory FACTORY = new JsonFactory();

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
    try (JsonParser parser = FACTORY.createParser(body)) {
      Optional<StudyId> study = Optional.empty();
      String reason = "";
      parser.nextToken();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String key = parser.currentName();
        parser.nextToken();
        switch (key) {
          case "study" -> study = Optional.of(new StudyId(parser.getText()));
          case "reason" -> reason = parser.getText();
          default -> parser.skipChildren();
        }
      }
      return new StudyMessage(
          study.orElseThrow(() -> new IllegalArgumentException("the request names no study")),
          reason);
    } catch (IOException e) {
      throw new IllegalArgumentException("this is no request: " + e.getMessage(), e);
    }
  }
}
