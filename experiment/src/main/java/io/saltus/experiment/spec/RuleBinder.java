package io.saltus.experiment.spec;

import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import io.saltus.experiment.metric.MetricName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads {@code until} and {@code evaluate}. */
final class RuleBinder {

  private static final Pattern PER_DECADE = Pattern.compile("([0-9]{1,9}) per decade");
  private static final Parameter.RealIn ANY =
      new Parameter.RealIn(Double.NEGATIVE_INFINITY, false, Double.POSITIVE_INFINITY, false);

  private final Problems problems;

  RuleBinder(Problems problems) {
    this.problems = problems;
  }

  List<UntilRule> until(Section root) {
    Optional<Found> found = root.find("until");
    if (found.isEmpty() || found.get().is(ConfigValueType.NULL)) {
      return List.of();
    }
    if (found.get().list().isEmpty()) {
      root.wrongKind("until", found.get(), "a list of rules, or null");
      return List.of();
    }
    List<ConfigValue> elements = List.copyOf(found.get().list().get());
    if (elements.size() > SpecDefaults.MOST_RULES) {
      root.problem("until", found.get(), "has more than " + SpecDefaults.MOST_RULES + " rules");
      return List.of();
    }
    List<UntilRule> rules = new ArrayList<>();
    for (int i = 0; i < elements.size(); i++) {
      Found element = new Found(elements.get(i));
      String path = "until." + i;
      if (element.object().isEmpty()) {
        problems.add(path, Words.found(element.described(), "an object"), element.value().origin());
      } else {
        rule(root.element(path, element.object().get())).ifPresent(rules::add);
      }
    }
    return rules;
  }

  private Optional<UntilRule> rule(Section section) {
    Optional<MetricName> metric = metric(section);
    Optional<Found> least = section.find("at-least");
    Optional<Found> most = section.find("at-most");
    long forSteps = section.whole("for-steps", 1, SpecDefaults.MOST_STEPS, 1);
    section.close();
    if (least.isPresent() == most.isPresent()) {
      problems.add(
          section.path("at-least"),
          least.isPresent()
              ? "at-least and at-most are both given; a rule has one of them"
              : "is missing; a rule has at-least or at-most",
          section.origin());
      return Optional.empty();
    }
    UntilRule.Bound bound = least.isPresent() ? UntilRule.Bound.AT_LEAST : UntilRule.Bound.AT_MOST;
    String key = least.isPresent() ? "at-least" : "at-most";
    double level = least.or(() -> most).map(found -> section.real(key, found, ANY, 0)).orElse(0.0);
    return metric.map(name -> new UntilRule(name, bound, level, forSteps));
  }

  private Optional<MetricName> metric(Section section) {
    Optional<Found> found = section.find("metric");
    if (found.isEmpty()) {
      problems.add(section.path("metric"), "is missing; a rule names a metric", section.origin());
      return Optional.empty();
    }
    Optional<String> name = found.flatMap(Found::text);
    if (name.filter(MetricName::isValid).isEmpty()) {
      section.wrongKind("metric", found.get(), "the name of a metric such as validation.accuracy");
      return Optional.empty();
    }
    return name.map(MetricName::new);
  }

  Evaluation evaluate(Section root) {
    Section section = root.section("evaluate");
    Cadence every = cadence(section, SpecDefaults.EVALUATE.every());
    Section sets = section.section("sets");
    SortedMap<String, Cadence> cadences = new TreeMap<>();
    for (Map.Entry<String, Found> entry : sets.entries().entrySet()) {
      Section set = sets.section(entry.getKey(), entry.getValue());
      cadences.put(entry.getKey(), cadence(set, every));
      set.close();
    }
    section.close();
    return new Evaluation(every, cadences);
  }

  private static Cadence cadence(Section section, Cadence fallback) {
    Optional<Found> found = section.find("every");
    if (found.isEmpty()) {
      return fallback;
    }
    Matcher decades = PER_DECADE.matcher(found.get().text().orElse(""));
    if (decades.matches()) {
      long count = Long.parseLong(decades.group(1));
      if (count >= 1 && count <= SpecDefaults.MOST_PER_DECADE) {
        return new Cadence.PerDecade((int) count);
      }
      section.problem(
          "every",
          found.get(),
          count + " per decade is not 1 to " + SpecDefaults.MOST_PER_DECADE + " per decade");
      return fallback;
    }
    if (!found.get().isNumber()) {
      section.wrongKind(
          "every",
          found.get(),
          "a whole number of steps from 1 to " + SpecDefaults.MOST_STEPS + ", or \"N per decade\"");
      return fallback;
    }
    return new Cadence.Every(section.whole("every", found.get(), 1, SpecDefaults.MOST_STEPS, 1));
  }
}
