package io.saltus.app.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * JSON as maps, lists, texts, booleans, nulls and {@link Figure}s. What is compared is what a later
 * version may not change: it may add keys, and nothing else.
 */
final class JsonTree {

  private static final JsonFactory FACTORY = new JsonFactory();

  /** A number as it was written: 0.5 and 0.50 differ, and so do 0 and -0. */
  record Figure(String text) {}

  private JsonTree() {}

  static Object parse(String line) {
    try (JsonParser parser = FACTORY.createParser(line)) {
      parser.nextToken();
      return value(parser);
    } catch (IOException e) {
      throw new AssertionError("no JSON: " + line, e);
    }
  }

  private static Object value(JsonParser parser) throws IOException {
    switch (parser.currentToken()) {
      case START_OBJECT -> {
        Map<String, Object> object = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
          String key = parser.currentName();
          parser.nextToken();
          object.put(key, value(parser));
        }
        return object;
      }
      case START_ARRAY -> {
        List<Object> array = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          array.add(value(parser));
        }
        return array;
      }
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> {
        return new Figure(parser.getText());
      }
      case VALUE_TRUE, VALUE_FALSE -> {
        return parser.getBooleanValue();
      }
      case VALUE_NULL -> {
        return null;
      }
      default -> {
        return parser.getText();
      }
    }
  }

  static String text(Object tree) {
    StringWriter text = new StringWriter();
    try (JsonGenerator out = FACTORY.createGenerator(text)) {
      write(out, tree);
    } catch (IOException impossible) {
      throw new AssertionError(impossible);
    }
    return text.toString();
  }

  private static void write(JsonGenerator out, Object tree) throws IOException {
    if (tree instanceof Map<?, ?> object) {
      out.writeStartObject();
      for (Map.Entry<?, ?> each : object.entrySet()) {
        out.writeFieldName(each.getKey().toString());
        write(out, each.getValue());
      }
      out.writeEndObject();
    } else if (tree instanceof List<?> array) {
      out.writeStartArray();
      for (Object each : array) {
        write(out, each);
      }
      out.writeEndArray();
    } else if (tree instanceof Figure figure) {
      out.writeNumber(figure.text());
    } else if (tree instanceof Boolean flag) {
      out.writeBoolean(flag);
    } else {
      out.writeString((String) tree);
    }
  }

  /** Where {@code actual} is not what was expected; keys that it has besides are no difference. */
  static List<String> differences(Object expected, Object actual) {
    List<String> found = new ArrayList<>();
    compare("", expected, actual, found);
    return found;
  }

  private static void compare(String path, Object expected, Object actual, List<String> found) {
    if (expected instanceof Map<?, ?> wanted && actual instanceof Map<?, ?> given) {
      wanted.forEach(
          (key, value) -> {
            if (given.containsKey(key)) {
              compare(path + "." + key, value, given.get(key), found);
            } else {
              found.add(path + "." + key + " is missing");
            }
          });
    } else if (expected instanceof List<?> wanted
        && actual instanceof List<?> given
        && wanted.size() == given.size()) {
      for (int i = 0; i < wanted.size(); i++) {
        compare(path + "[" + i + "]", wanted.get(i), given.get(i), found);
      }
    } else if (expected == null ? actual != null : !expected.equals(actual)) {
      found.add(path + " is " + text(actual) + ", not " + text(expected));
    }
  }

  /** All trees that differ from this one in a single leaf. */
  static List<Object> mutations(Object tree) {
    List<Object> all = new ArrayList<>();
    if (tree instanceof Map<?, ?> object) {
      object.forEach(
          (key, value) ->
              mutations(value)
                  .forEach(
                      mutated -> {
                        Map<Object, Object> copy = new LinkedHashMap<>(object);
                        copy.put(key, mutated);
                        all.add(copy);
                      }));
    } else if (tree instanceof List<?> array) {
      for (int i = 0; i < array.size(); i++) {
        for (Object mutated : mutations(array.get(i))) {
          List<Object> copy = new ArrayList<>(array);
          copy.set(i, mutated);
          all.add(copy);
        }
      }
    } else if (tree instanceof Figure figure) {
      all.add(new Figure(otherLastByte(figure.text())));
    } else if (tree instanceof Boolean flag) {
      all.add(!flag);
    } else {
      all.add(tree == null ? "null" : otherLastByte((String) tree));
    }
    return all;
  }

  private static String otherLastByte(String text) {
    if (text.isEmpty()) {
      return "1";
    }
    char last = text.charAt(text.length() - 1);
    return text.substring(0, text.length() - 1) + (last == '1' ? '2' : '1');
  }
}
