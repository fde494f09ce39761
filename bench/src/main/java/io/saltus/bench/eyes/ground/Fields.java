package io.saltus.bench.eyes.ground;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;

/** Reads answers of a server. */
public final class Fields {

  private static final JsonFactory FACTORY = new JsonFactory();

  private Fields() {}

  /**
   * The text of a key of an object's first level.
   *
   * @throws IllegalStateException when it is not there
   */
  public static String of(String json, String key) throws IOException {
    try (JsonParser parser = FACTORY.createParser(json)) {
      parser.nextToken();
      while (parser.nextToken() != null && parser.currentName() != null) {
        String name = parser.currentName();
        parser.nextToken();
        if (name.equals(key)) {
          return parser.getText();
        }
        parser.skipChildren();
      }
    }
    throw new IllegalStateException("no " + key + " in " + json);
  }
}
