package io.saltus.app.server.api;

import io.saltus.app.problem.Nearest;
import io.saltus.app.server.http.HttpProblem;
import io.saltus.app.server.http.HttpProblem.Wrong;
import io.saltus.app.server.http.Percent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** The parameters of a query, each known and in its range. */
final class Parameters {

  private static final int MOST = 256;

  private final Map<String, List<String>> values;

  private Parameters(Map<String, List<String>> values) {
    this.values = values;
  }

  /**
   * Reads a query.
   *
   * @throws HttpProblem naming everything that is wrong with it
   */
  static Parameters read(Optional<String> query, List<Param> all) {
    List<Param> known = all.stream().filter(param -> param.place() == Param.Place.QUERY).toList();
    Map<String, List<String>> values = new LinkedHashMap<>();
    List<Wrong> wrong = new ArrayList<>();
    String[] parts = query.filter(text -> !text.isEmpty()).map(Parameters::parts).orElse(NONE);
    if (parts.length > MOST) {
      throw HttpProblem.wrong("?", "there are more than " + MOST + " parameters");
    }
    for (String part : parts) {
      read(part, known, values, wrong);
    }
    known.stream()
        .filter(param -> param.required() && !values.containsKey(param.name()))
        .forEach(param -> wrong.add(new Wrong(param.name(), "it is missing")));
    if (!wrong.isEmpty()) {
      throw HttpProblem.wrong(wrong);
    }
    return new Parameters(values);
  }

  private static final String[] NONE = {};

  private static String[] parts(String query) {
    return query.split("&", -1);
  }

  private static void read(
      String part, List<Param> known, Map<String, List<String>> values, List<Wrong> wrong) {
    int equals = part.indexOf('=');
    Optional<String> name = Percent.decode(equals < 0 ? part : part.substring(0, equals), true);
    Optional<String> value = Percent.decode(equals < 0 ? "" : part.substring(equals + 1), true);
    if (name.isEmpty() || value.isEmpty()) {
      wrong.add(new Wrong(name.orElse("?"), "it is not encoded as UTF-8 in percent signs"));
      return;
    }
    Optional<Param> param =
        known.stream().filter(each -> each.name().equals(name.get())).findFirst();
    if (param.isEmpty()) {
      List<String> names = known.stream().map(Param::name).toList();
      wrong.add(
          new Wrong(
              name.get(),
              ("there is no such parameter. " + Nearest.question(name.get(), names)).strip()));
      return;
    }
    List<String> all = values.computeIfAbsent(name.get(), unseen -> new ArrayList<>());
    if (!all.isEmpty() && !param.get().repeated()) {
      wrong.add(new Wrong(name.get(), "it stands twice"));
      return;
    }
    flaw(param.get(), value.get()).ifPresent(flaw -> wrong.add(new Wrong(name.get(), flaw)));
    all.add(value.get());
  }

  private static Optional<String> flaw(Param param, String value) {
    return switch (param.kind()) {
      case WHOLE -> wholeFlaw(param, value);
      case TEXT ->
          value.length() > param.most()
              ? Optional.of("it is longer than " + param.most() + " characters")
              : Optional.empty();
      case WORD ->
          param.words().contains(value)
              ? Optional.empty()
              : Optional.of("'" + value + "' is none of " + String.join(", ", param.words()));
    };
  }

  private static Optional<String> wholeFlaw(Param param, String value) {
    try {
      long number = Long.parseLong(value);
      if (number >= param.least() && number <= param.most() && value.matches("[0-9]+")) {
        return Optional.empty();
      }
    } catch (NumberFormatException notANumber) {
      // Said below, together with what is allowed.
    }
    return Optional.of(
        "'%s' is not a whole number, %s"
            .formatted(
                value,
                param.most() == Long.MAX_VALUE
                    ? param.least() + " or more"
                    : "from " + param.least() + " to " + param.most()));
  }

  Optional<String> text(String name) {
    List<String> all = all(name);
    return all.isEmpty() ? Optional.empty() : Optional.of(all.get(0));
  }

  List<String> all(String name) {
    return values.getOrDefault(name, List.of());
  }

  OptionalLong whole(String name) {
    return text(name)
        .map(value -> OptionalLong.of(Long.parseLong(value)))
        .orElse(OptionalLong.empty());
  }
}
