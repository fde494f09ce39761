package io.saltus.app.server.api;

import io.saltus.app.external.ExternalMetrics;
import io.saltus.app.external.ExternalRun;
import io.saltus.app.server.http.HttpProblem;
import io.saltus.experiment.RunId;
import io.saltus.experiment.event.RunEvent.RunAnnotated;
import io.saltus.experiment.metric.Catalogue;
import io.saltus.experiment.metric.MetricDescriptor;
import io.saltus.experiment.metric.MetricName;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a body says about a run that another program is about to compute. */
final class ExternalBody {

  private static final int LONGEST_EXPERIMENT = 40;
  private static final int MOST_PARAMETERS = 500;
  private static final int LONGEST_KEY = 200;
  private static final int LONGEST_VALUE = 2_000;
  private static final int LONGEST_UNIT = 40;
  private static final String SEED = "seed";

  private final Fields fields;
  private final Wishes wishes;

  ExternalBody(Fields fields, Wishes wishes) {
    this.fields = fields;
    this.wishes = wishes;
  }

  /**
   * All of it.
   *
   * @throws HttpProblem naming the first that is wrong
   */
  ExternalRun read() {
    String experiment = fields.text("experiment").orElse("");
    if (!RunId.isValid(experiment) || experiment.length() > LONGEST_EXPERIMENT) {
      throw HttpProblem.wrong(
          "experiment",
          "it is 1 to "
              + LONGEST_EXPERIMENT
              + " of a-z 0-9 . _ - and begins with a letter or digit");
    }
    return new ExternalRun(experiment, parameters(), words(), catalogue());
  }

  private Optional<RunAnnotated> words() {
    SortedMap<String, String> tags = wishes.tags();
    Optional<String> note = fields.text("note");
    Optional<String> name = fields.text("name");
    return tags.isEmpty() && note.isEmpty() && name.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new RunAnnotated(tags, List.of(), note, Optional.empty(), name, Optional.empty()));
  }

  private SortedMap<String, String> parameters() {
    SortedMap<String, String> parameters = new TreeMap<>();
    for (Map.Entry<?, ?> each : fields.object("parameters").entrySet()) {
      String key = String.valueOf(each.getKey());
      if (key.isBlank() || key.length() > LONGEST_KEY) {
        throw HttpProblem.wrong("parameters", "a key is 1 to " + LONGEST_KEY + " characters");
      }
      parameters.put(key, value(each.getValue()));
    }
    fields
        .whole(SEED)
        .ifPresent(
            seed -> {
              if (parameters.put(SEED, Long.toString(seed)) != null) {
                throw HttpProblem.wrong(SEED, "it stands among the parameters, too");
              }
            });
    if (parameters.size() > MOST_PARAMETERS) {
      throw HttpProblem.wrong("parameters", "there are more than " + MOST_PARAMETERS);
    }
    return parameters;
  }

  private static String value(Object given) {
    boolean plain =
        given instanceof String || given instanceof BigDecimal || given instanceof Boolean;
    String text = String.valueOf(given);
    if (!plain || text.length() > LONGEST_VALUE) {
      throw HttpProblem.wrong(
          "parameters",
          "a value is a text of at most " + LONGEST_VALUE + " characters, a number, true or false");
    }
    return text;
  }

  private Catalogue catalogue() {
    List<MetricDescriptor> metrics = new ArrayList<>();
    Set<MetricName> seen = new HashSet<>();
    for (Object each : fields.array("metrics")) {
      MetricDescriptor metric = each instanceof Map<?, ?> map ? metric(map) : metric(each, "");
      if (!seen.add(metric.name())) {
        throw HttpProblem.wrong("metrics", "'" + metric.name() + "' stands twice");
      }
      metrics.add(metric);
    }
    if (metrics.size() > ExternalMetrics.MOST) {
      throw HttpProblem.wrong("metrics", "there are more than " + ExternalMetrics.MOST);
    }
    return new Catalogue(metrics);
  }

  private static MetricDescriptor metric(Map<?, ?> map) {
    Object unit = map.get("unit");
    if (!Set.of("name", "unit").containsAll(map.keySet())) {
      throw HttpProblem.wrong("metrics", "one has other keys than name and unit");
    }
    if (unit != null && (!(unit instanceof String text) || text.length() > LONGEST_UNIT)) {
      throw HttpProblem.wrong(
          "metrics", "a unit is a text of at most " + LONGEST_UNIT + " characters");
    }
    return metric(map.get("name"), unit == null ? "" : String.valueOf(unit));
  }

  private static MetricDescriptor metric(@Nullable Object name, String unit) {
    if (!(name instanceof String text)) {
      throw HttpProblem.wrong("metrics", "one is neither a name nor an object with a name");
    }
    if (!MetricName.isValid(text)) {
      throw HttpProblem.wrong("metrics", FrameBody.unusable(text));
    }
    return ExternalMetrics.metric(new MetricName(text), unit);
  }
}
