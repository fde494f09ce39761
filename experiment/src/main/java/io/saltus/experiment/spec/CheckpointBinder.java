package io.saltus.experiment.spec;

import com.typesafe.config.ConfigValueType;
import io.saltus.experiment.metric.MetricName;
import java.util.Optional;

/** Reads {@code checkpoint}. */
final class CheckpointBinder {

  private final Problems problems;

  CheckpointBinder(Problems problems) {
    this.problems = problems;
  }

  CheckpointPolicy checkpoint(Section root) {
    Section section = root.section("checkpoint");
    CheckpointPolicy fallback = CheckpointPolicy.DEFAULT;
    CheckpointCadence every =
        section.find("every").map(found -> every(section, found)).orElse(fallback.every());
    int keepLast =
        (int) section.whole("keep-last", 1, SpecDefaults.MOST_CHECKPOINTS, fallback.keepLast());
    Optional<Long> keepEvery =
        unlessNull(section, "keep-every")
            .map(found -> section.whole("keep-every", found, 1, SpecDefaults.MOST_STEPS, 1));
    Optional<CheckpointPolicy.KeepBest> keepBest =
        unlessNull(section, "keep-best").flatMap(found -> keepBest(section, found));
    section.close();
    return new CheckpointPolicy(every, keepLast, keepEvery, keepBest);
  }

  private static CheckpointCadence every(Section section, Found found) {
    try {
      return CheckpointCadence.parse(found.text().orElse(""));
    } catch (IllegalArgumentException e) {
      section.wrongKind("every", found, "auto, \"N steps\", \"N minutes\" or \"N seconds\"");
      return CheckpointPolicy.DEFAULT.every();
    }
  }

  private Optional<CheckpointPolicy.KeepBest> keepBest(Section above, Found found) {
    if (found.object().isEmpty()) {
      above.wrongKind("keep-best", found, "an object with metric and mode, or null");
      return Optional.empty();
    }
    Section section = above.section("keep-best", found);
    Optional<MetricName> metric =
        given(section, "metric", "the best checkpoint is that of a metric")
            .flatMap(name -> metric(section, name));
    Optional<CheckpointPolicy.BestMode> mode =
        given(section, "mode", "max or min says which value is the best")
            .map(word -> SpecBinder.constant(section, "mode", CheckpointPolicy.BestMode.MAX));
    section.close();
    return metric.flatMap(name -> mode.map(way -> new CheckpointPolicy.KeepBest(name, way)));
  }

  private Optional<Found> given(Section section, String key, String why) {
    Optional<Found> found = section.find(key);
    if (found.isEmpty()) {
      problems.add(section.path(key), "is missing; " + why, section.origin());
    }
    return found;
  }

  private static Optional<MetricName> metric(Section section, Found found) {
    Optional<String> name = found.text().filter(MetricName::isValid);
    if (name.isEmpty()) {
      section.wrongKind("metric", found, "the name of a metric such as validation.accuracy");
    }
    return name.map(MetricName::new);
  }

  private static Optional<Found> unlessNull(Section section, String key) {
    return section.find(key).filter(found -> !found.is(ConfigValueType.NULL));
  }
}
