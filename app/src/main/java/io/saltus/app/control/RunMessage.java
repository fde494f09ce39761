package io.saltus.app.control;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.saltus.app.json.Json;
import io.saltus.experiment.RunId;
import java.io.IOException;
import java.util.Optional;

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

  private static final JsonFactory FACTORY = new JsonFactory();

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
    try (JsonParser parser = FACTORY.createParser(body)) {
      Optional<RunId> run = Optional.empty();
      String reason = "";
      long steps = 0;
      parser.nextToken();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String key = parser.currentName();
        parser.nextToken();
        switch (key) {
          case "run" -> run = Optional.of(new RunId(parser.getText()));
          case "reason" -> reason = parser.getText();
          case "steps" -> steps = parser.getLongValue();
          default -> parser.skipChildren();
        }
      }
      return new RunMessage(
          run.orElseThrow(() -> new IllegalArgumentException("the request names no run")),
          reason,
          steps);
    } catch (IOException e) {
      throw new IllegalArgumentException("this is no request: " + e.getMessage(), e);
    }
  }
}
