package io.saltus.app.server;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Holds values against schemas of a description, as far as its schemas go: types, required keys,
 * properties, items, words of a choice, patterns and references. Stricter in one point: a key that
 * a schema with properties does not name is a flaw, so that nothing is answered undescribed.
 */
final class SchemaCheck {

  private static final String PREFIX = "#/components/schemas/";

  private final Map<String, Object> schemas;
  private final List<String> flaws = new ArrayList<>();

  SchemaCheck(Map<String, Object> document) {
    schemas = object(object(document.get("components")).get("schemas"));
  }

  /** What is wrong with a value; nothing: it is as described. */
  List<String> flaws(Object schema, @Nullable Object value) {
    flaws.clear();
    check(object(schema), value, "$");
    return List.copyOf(flaws);
  }

  @SuppressWarnings("unchecked")
  static Map<String, Object> object(@Nullable Object value) {
    if (value == null) {
      throw new AssertionError("an object is missing");
    }
    return (Map<String, Object>) value;
  }

  private void check(Map<String, Object> schema, @Nullable Object value, String at) {
    if (schema.get("$ref") instanceof String name) {
      check(object(schemas.get(name.replace(PREFIX, ""))), value, at);
      return;
    }
    List<String> types = types(schema.get("type"));
    if (types.stream().noneMatch(type -> isOf(type, value))) {
      flaws.add(at + " is no " + String.join(" or ", types) + ": " + value);
      return;
    }
    if (value instanceof Map<?, ?> map) {
      properties(schema, object(map), at);
    } else if (value instanceof List<?> list && schema.get("items") != null) {
      for (int i = 0; i < list.size(); i++) {
        check(object(schema.get("items")), list.get(i), at + "[" + i + "]");
      }
    } else if (value instanceof String text) {
      words(schema, text, at);
    }
  }

  private void words(Map<String, Object> schema, String text, String at) {
    if (schema.get("enum") instanceof List<?> words && !words.contains(text)) {
      flaws.add(at + " is none of " + words + ": " + text);
    }
    if (schema.get("pattern") instanceof String pattern
        && !Pattern.compile(pattern).matcher(text).find()) {
      flaws.add(at + " does not fit " + pattern + ": " + text);
    }
  }

  private void properties(Map<String, Object> schema, Map<String, Object> value, String at) {
    if (schema.get("required") instanceof List<?> required) {
      required.stream()
          .filter(key -> !value.containsKey(key))
          .forEach(key -> flaws.add(at + " has no " + key));
    }
    boolean free = schema.get("properties") == null;
    Map<String, Object> known = free ? Map.of() : object(schema.get("properties"));
    value.forEach(
        (key, each) -> {
          String place = at + "." + key;
          if (known.containsKey(key)) {
            check(object(known.get(key)), each, place);
          } else if (schema.get("additionalProperties") instanceof Map<?, ?> more) {
            check(object(more), each, place);
          } else if (!free) {
            flaws.add(place + " is not described");
          }
        });
  }

  private static List<String> types(@Nullable Object given) {
    List<String> types = new ArrayList<>();
    if (given instanceof List<?> several) {
      several.forEach(each -> types.add(String.valueOf(each)));
    } else {
      types.add(String.valueOf(given));
    }
    return types;
  }

  private static boolean isOf(String type, @Nullable Object value) {
    return switch (type) {
      case "null" -> value == null;
      case "string" -> value instanceof String;
      case "boolean" -> value instanceof Boolean;
      case "number" -> value instanceof BigDecimal;
      case "integer" ->
          value instanceof BigDecimal number && number.stripTrailingZeros().scale() <= 0;
      case "array" -> value instanceof List;
      case "object" -> value instanceof Map;
      default -> false;
    };
  }
}
