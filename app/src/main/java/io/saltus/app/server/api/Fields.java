package io.saltus.app.server.api;

import io.saltus.app.problem.Nearest;
import io.saltus.app.server.http.HttpProblem;
import io.saltus.app.server.http.HttpProblem.Wrong;
import io.saltus.app.server.http.JsonBody;
import io.saltus.app.server.http.Request;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The object in a body, each key of it known and of its kind. A null is as good as nothing. */
final class Fields {

  private static final int LONGEST_TEXT = 10_000;
  private static final int LONGEST_WHOLE = 19;

  private final Map<String, @Nullable Object> values;

  private Fields(Map<String, @Nullable Object> values) {
    this.values = values;
  }

  /** Of a request without a body. */
  static Fields none() {
    return new Fields(Collections.emptyMap());
  }

  /**
   * Reads a body.
   *
   * @throws HttpProblem naming everything that is wrong with it
   */
  static Fields read(Request.Bytes body, JsonBody.Form form, List<Field> known) {
    Map<String, @Nullable Object> values = JsonBody.read(body, form);
    List<Wrong> wrong = new ArrayList<>();
    List<String> names = known.stream().map(Field::name).toList();
    for (Map.Entry<String, @Nullable Object> each : values.entrySet()) {
      Optional<Field> field =
          known.stream().filter(one -> one.name().equals(each.getKey())).findFirst();
      if (field.isEmpty()) {
        wrong.add(
            new Wrong(
                each.getKey(),
                ("there is no such key. " + Nearest.question(each.getKey(), names)).strip()));
      } else if (each.getValue() != null) {
        flaw(field.get(), each.getValue())
            .ifPresent(flaw -> wrong.add(new Wrong(each.getKey(), flaw)));
      }
    }
    known.stream()
        .filter(field -> field.required() && values.get(field.name()) == null)
        .forEach(field -> wrong.add(new Wrong(field.name(), "it is missing")));
    if (!wrong.isEmpty()) {
      throw HttpProblem.wrong(wrong);
    }
    return new Fields(values);
  }

  private static Optional<String> flaw(Field field, Object value) {
    boolean fits =
        switch (field.kind()) {
          case TEXT -> value instanceof String text && text.length() <= LONGEST_TEXT;
          case WHOLE -> value instanceof BigDecimal number && isWhole(number);
          case FLAG -> value instanceof Boolean;
          case OBJECT -> value instanceof Map<?, ?>;
          case ARRAY -> value instanceof List<?>;
        };
    return fits
        ? Optional.empty()
        : Optional.of(
            switch (field.kind()) {
              case TEXT -> "it is no text of at most " + LONGEST_TEXT + " characters";
              case WHOLE -> "it is no whole number, 0 or more";
              case FLAG -> "it is neither true nor false";
              case OBJECT -> "it is no object";
              case ARRAY -> "it is no array";
            });
  }

  /**
   * Whether a number is whole and not negative. Looks at its length first: a short text can stand
   * for a very long number.
   */
  static boolean isWhole(BigDecimal number) {
    return number.signum() >= 0
        && (long) number.precision() - number.scale() <= LONGEST_WHOLE
        && number.scale() <= LONGEST_WHOLE
        && number.stripTrailingZeros().scale() <= 0
        && number.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) <= 0;
  }

  Optional<String> text(String name) {
    return values.get(name) instanceof String text ? Optional.of(text) : Optional.empty();
  }

  OptionalLong whole(String name) {
    return values.get(name) instanceof BigDecimal number
        ? OptionalLong.of(number.longValueExact())
        : OptionalLong.empty();
  }

  Optional<Boolean> flag(String name) {
    return values.get(name) instanceof Boolean flag ? Optional.of(flag) : Optional.empty();
  }

  /** An array; an empty one where it is missing. */
  List<?> array(String name) {
    return values.get(name) instanceof List<?> list ? list : List.of();
  }

  /** An object; an empty one where it is missing. */
  Map<?, ?> object(String name) {
    return values.get(name) instanceof Map<?, ?> map ? map : Map.of();
  }
}
