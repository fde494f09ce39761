package io.saltus.app.imports;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.saltus.app.json.Utf8;
import io.saltus.app.problem.Refusal;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One object of a file of JSON Lines. Numbers are kept as they are written; how deep and how long
 * things may be is bounded by the parser's own limits, how many there are by {@value #MOST_VALUES}.
 *
 * @param where file and line, for messages
 * @param fields objects as maps, arrays as lists, everything else as its text
 */
record JsonLine(String where, Map<String, @Nullable Object> fields) {

  private static final JsonFactory FACTORY = new JsonFactory();

  /** A line of 64 MiB can hold 32 million, of which each takes some 50 bytes in memory. */
  private static final int MOST_VALUES = 1 << 21;

  private static final String WHAT_TO_GIVE = "Give a file that 'saltus export --to jsonl' wrote.";

  /**
   * Reads a line.
   *
   * @throws Refusal when it is no JSON object
   */
  static JsonLine parse(byte[] line, int length, String where) {
    try (JsonParser parser = FACTORY.createParser(line, 0, length)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw wrong(where, "this is no JSON object");
      }
      JsonLine read = new JsonLine(where, new Reading(parser, where).object());
      if (parser.nextToken() != null) {
        throw wrong(where, "something follows the JSON object");
      }
      return read;
    } catch (IOException e) {
      throw wrong(where, "this is no JSON");
    }
  }

  /** What is read of one line. */
  private static final class Reading {

    private final JsonParser parser;
    private final String where;
    private int values;

    Reading(JsonParser parser, String where) {
      this.parser = parser;
      this.where = where;
    }

    Map<String, @Nullable Object> object() throws IOException {
      Map<String, @Nullable Object> fields = new LinkedHashMap<>();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = whole(parser.currentName());
        parser.nextToken();
        fields.put(name, value());
      }
      return fields;
    }

    private @Nullable Object value() throws IOException {
      if (++values > MOST_VALUES) {
        throw wrong(where, "this line has more than " + MOST_VALUES + " values");
      }
      return switch (parser.currentToken()) {
        case START_OBJECT -> object();
        case START_ARRAY -> {
          List<@Nullable Object> array = new ArrayList<>();
          while (parser.nextToken() != JsonToken.END_ARRAY) {
            array.add(value());
          }
          yield array;
        }
        case VALUE_NULL -> null;
        case VALUE_STRING -> whole(parser.getText());
        default -> parser.getText();
      };
    }

    private String whole(String text) {
      if (!Utf8.holds(text)) {
        throw wrong(where, "a text in this line holds half of a surrogate pair");
      }
      return text;
    }
  }

  private static Refusal wrong(String where, String what) {
    return Refusal.wrong(what, where, WHAT_TO_GIVE);
  }

  Refusal wrong(String what) {
    return wrong(where, what);
  }

  boolean has(String name) {
    return fields.containsKey(name);
  }

  /** A text, a number or a truth value, as it is written. */
  Optional<String> find(String name) {
    return fields.get(name) instanceof String text ? Optional.of(text) : Optional.empty();
  }

  String text(String name) {
    return find(name).orElseThrow(() -> wrong("'" + name + "' is missing, or no text"));
  }

  /** The same, of at most so many characters. */
  String text(String name, int most) {
    return within(text(name), name, most);
  }

  /**
   * A text as it is.
   *
   * @throws Refusal when it has more than so many characters
   */
  String within(String text, String name, int most) {
    if (text.length() > most) {
      throw wrong(
          "'%s' has %d characters, and at most %d fit".formatted(name, text.length(), most));
    }
    return text;
  }

  long whole(String name) {
    return whole(text(name), name);
  }

  /** The whole number that a text is. */
  long whole(String text, String name) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw wrong("'" + name + "' is no whole number");
    }
  }

  @SuppressWarnings("unchecked") // Only maps of this shape are ever made.
  JsonLine object(String name) {
    if (fields.get(name) instanceof Map<?, ?> map) {
      return new JsonLine(where, (Map<String, @Nullable Object>) map);
    }
    throw wrong("'" + name + "' is missing, or no object");
  }

  List<?> list(String name) {
    if (fields.get(name) instanceof List<?> list) {
      return list;
    }
    throw wrong("'" + name + "' is missing, or no array");
  }

  @SuppressWarnings("unchecked") // Only maps of this shape are ever made.
  List<JsonLine> objects(String name) {
    List<JsonLine> objects = new ArrayList<>();
    for (Object each : list(name)) {
      if (!(each instanceof Map<?, ?> map)) {
        throw wrong("'" + name + "' holds something that is no object");
      }
      objects.add(new JsonLine(where, (Map<String, @Nullable Object>) map));
    }
    return objects;
  }

  /** The texts of an array. */
  List<String> texts(String name) {
    return texts(list(name), name);
  }

  List<String> texts(List<?> list, String name) {
    List<String> texts = new ArrayList<>(list.size());
    for (Object each : list) {
      if (!(each instanceof String text)) {
        throw wrong("'" + name + "' holds something that is no value");
      }
      texts.add(text);
    }
    return texts;
  }
}
