package io.saltus.app.control;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The body of a request that is one flat object: its texts and numbers, as texts, by name. */
final class Fields {

  private static final JsonFactory FACTORY = new JsonFactory();

  private final Map<String, String> texts;

  private Fields(Map<String, String> texts) {
    this.texts = texts;
  }

  /**
   * Reads one; what is neither text nor number is passed over.
   *
   * @throws IllegalArgumentException when it is no object
   */
  static Fields of(String body) {
    Map<String, String> texts = new HashMap<>();
    try (JsonParser parser = FACTORY.createParser(body)) {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String key = parser.currentName();
        JsonToken value = parser.nextToken();
        if (value == JsonToken.VALUE_STRING || value == JsonToken.VALUE_NUMBER_INT) {
          texts.put(key, parser.getText());
        } else {
          parser.skipChildren();
        }
      }
      return new Fields(texts);
    } catch (IOException e) {
      throw new IllegalArgumentException("this is no request: " + e.getMessage(), e);
    }
  }

  /** The fields whose names begin so, by the rest of their names. */
  SortedMap<String, String> under(String prefix) {
    SortedMap<String, String> found = new TreeMap<>();
    texts.forEach(
        (name, text) -> {
          if (name.startsWith(prefix)) {
            found.put(name.substring(prefix.length()), text);
          }
        });
    return found;
  }

  /** A field that may be missing. */
  Optional<String> find(String name) {
    return Optional.ofNullable(texts.get(name));
  }

  /** A field that may be missing; empty then. */
  String get(String name) {
    return texts.getOrDefault(name, "");
  }

  /**
   * A field that must be there.
   *
   * @throws IllegalArgumentException when it is not
   */
  String require(String name) {
    String text = texts.get(name);
    if (text == null) {
      throw new IllegalArgumentException("the request names no " + name);
    }
    return text;
  }

  /**
   * A whole number; 0 when it is missing.
   *
   * @throws IllegalArgumentException when it is none
   */
  long whole(String name) {
    return texts.containsKey(name) ? Long.parseLong(get(name)) : 0;
  }
}
