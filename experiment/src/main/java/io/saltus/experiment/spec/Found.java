package io.saltus.experiment.spec;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * A value of a spec as it was found, asked for what it may be. As in HOCON, a text that looks like
 * a number is one, and a number is a text.
 */
record Found(ConfigValue value) {

  private static final Pattern NUMBER =
      Pattern.compile("-?[0-9]{1,40}(\\.[0-9]{1,40})?([eE][+-]?[0-9]{1,6})?");
  private static final Pattern SUBSTITUTION = Pattern.compile("\\$\\{[^}]*\\}");
  private static final int MOST_SHOWN = 3;
  private static final double EXACT_WHOLES = 0x1p53;

  /** Nothing where a substitution could not be resolved. */
  Optional<ConfigValueType> type() {
    try {
      return Optional.of(value.valueType());
    } catch (ConfigException.NotResolved e) {
      return Optional.empty();
    }
  }

  boolean is(ConfigValueType type) {
    return type().filter(type::equals).isPresent();
  }

  Optional<ConfigObject> object() {
    return is(ConfigValueType.OBJECT) ? Optional.of((ConfigObject) value) : Optional.empty();
  }

  Optional<ConfigList> list() {
    return is(ConfigValueType.LIST) ? Optional.of((ConfigList) value) : Optional.empty();
  }

  Optional<String> text() {
    return type()
        .flatMap(
            type ->
                switch (type) {
                  case STRING -> Optional.of(String.valueOf(value.unwrapped()));
                  case NUMBER, BOOLEAN -> Optional.of(written());
                  case NULL, LIST, OBJECT -> Optional.empty();
                });
  }

  Optional<Boolean> flag() {
    return text()
        .flatMap(
            text ->
                switch (text) {
                  case "true", "yes", "on" -> Optional.of(true);
                  case "false", "no", "off" -> Optional.of(false);
                  default -> Optional.empty();
                });
  }

  boolean isNumber() {
    return (is(ConfigValueType.NUMBER) || is(ConfigValueType.STRING))
        && text().filter(text -> NUMBER.matcher(text).matches()).isPresent();
  }

  /** A finite number. */
  OptionalDouble real() {
    if (!isNumber()) {
      return OptionalDouble.empty();
    }
    double number = text().map(Double::parseDouble).orElse(Double.NaN);
    // -0 and 0 would be two digests of one meaning.
    return Double.isFinite(number) ? OptionalDouble.of(number + 0.0) : OptionalDouble.empty();
  }

  /** A whole number, however it is written: 500, 5e2, 500.0. */
  OptionalLong whole() {
    if (!isNumber()) {
      return OptionalLong.empty();
    }
    try {
      return OptionalLong.of(Long.parseLong(text().orElse("")));
    } catch (NumberFormatException e) {
      double number = real().orElse(Double.NaN);
      return number == Math.rint(number) && Math.abs(number) <= EXACT_WHOLES
          ? OptionalLong.of((long) number)
          : OptionalLong.empty();
    }
  }

  /** What it is, for a problem: {@code the text 'ten'}. */
  String described() {
    return type()
        .map(
            type ->
                switch (type) {
                  case STRING -> "the text " + Words.quote(text().orElse(""));
                  case NUMBER -> "the number " + shown();
                  case BOOLEAN -> written();
                  case NULL -> "null";
                  case LIST -> "a list";
                  case OBJECT -> "an object";
                })
        .orElse("a substitution that refers to nothing in this spec");
  }

  /** A number or text as the user wrote it. */
  String shown() {
    String quoted = Words.quote(text().orElse(""));
    return quoted.substring(1, quoted.length() - 1);
  }

  /** The substitutions that could not be resolved, such as <code>${HOME}</code>. */
  String unresolved() {
    List<String> substitutions =
        SUBSTITUTION
            .matcher(value.render(ConfigRenderOptions.concise()))
            .results()
            .map(MatchResult::group)
            .distinct()
            .limit(MOST_SHOWN)
            .map(text -> Words.quote(text))
            .toList();
    return String.join(", ", substitutions);
  }

  /** A scalar as its file has it, where rendering would write 1e99 as 1.0E99. */
  private String written() {
    return value.atKey("it").getString("it");
  }
}
