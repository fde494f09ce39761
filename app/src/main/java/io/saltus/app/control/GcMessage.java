package io.saltus.app.control;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.saltus.app.json.Json;
import io.saltus.persistence.checkpoint.Collected;
import java.io.IOException;
import java.util.Optional;

/** The request to collect garbage, and its answer. */
public final class GcMessage {

  /** The name of the request. */
  public static final String NAME = "gc";

  private static final JsonFactory FACTORY = new JsonFactory();

  private GcMessage() {}

  /** The body of the answer. */
  public static String body(Collected collected) {
    return Json.line(
        json ->
            json.put("files", collected.files())
                .put("bytes", collected.bytes())
                .put("obstacle", collected.obstacle().orElse(null)));
  }

  /**
   * Reads an answer.
   *
   * @throws IllegalArgumentException when it is none
   */
  public static Collected read(String body) {
    int files = 0;
    long bytes = 0;
    Optional<String> obstacle = Optional.empty();
    try (JsonParser parser = FACTORY.createParser(body)) {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String key = parser.currentName();
        parser.nextToken();
        switch (key) {
          case "files" -> files = parser.getIntValue();
          case "bytes" -> bytes = parser.getLongValue();
          case "obstacle" -> obstacle = Optional.ofNullable(parser.getValueAsString());
          default -> parser.skipChildren();
        }
      }
      return new Collected(files, bytes, obstacle);
    } catch (IOException e) {
      throw new IllegalArgumentException("this is no answer: " + e.getMessage(), e);
    }
  }
}
