package io.saltus.app.server.api;

import io.saltus.app.problem.Nearest;
import io.saltus.app.server.http.HttpProblem;
import io.saltus.app.server.http.HttpProblem.Wrong;
import io.saltus.app.server.http.JsonBody;
import io.saltus.experiment.RunId;
import io.saltus.experiment.StudyId;
import io.saltus.experiment.spec.ExperimentSpec;
import io.saltus.experiment.spec.ShippedSpecs;
import io.saltus.experiment.spec.SpecProblem;
import io.saltus.experiment.spec.SpecReader;
import io.saltus.experiment.spec.SpecReading;
import io.saltus.experiment.spec.SpecSetting;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What bodies wish for: specs, names, words. Specs are shipped ones, changed by values that are
 * JSON and nothing more: no text of theirs is read as HOCON, and none names a file. Where a spec
 * wants a directory of data, the name of one that the owner configured stands for it.
 */
final class Wishes {

  private static final int LONGEST_TAG = 200;
  private static final int MOST_TAGS = 100;

  private final Fields fields;
  private final SpecReader specs;

  /**
   * @param specs reads specs as strangers may name them
   */
  Wishes(Fields fields, SpecReader specs) {
    this.fields = fields;
    this.specs = specs;
  }

  /** The shipped spec that is named, with what is changed of it. */
  SpecReading.Accepted spec() {
    String name = fields.text("spec").orElse("");
    if (ShippedSpecs.find(name).isEmpty()) {
      throw HttpProblem.wrong(
          "spec",
          ("there is no such shipped spec. " + Nearest.question(name, ShippedSpecs.names()))
              .strip());
    }
    return accepted(specs.read(name, settings(List.of("seed", "steps", "device"))));
  }

  /** A spec from the journal, with what is changed of it. */
  ExperimentSpec change(ExperimentSpec recorded, String name, List<SpecSetting> first) {
    List<SpecSetting> all = new ArrayList<>(first);
    all.addAll(settings(List.of("steps")));
    fields
        .whole("seed")
        .ifPresent(
            seed -> {
              all.add(new SpecSetting("seeds.order", Long.toString(seed), "seed"));
              all.add(new SpecSetting("seeds.dropout", Long.toString(seed), "seed"));
            });
    return accepted(specs.change(recorded, name, all)).spec();
  }

  /**
   * @param shortcuts keys of the body that stand for keys of a spec
   */
  private List<SpecSetting> settings(List<String> shortcuts) {
    List<SpecSetting> settings = new ArrayList<>();
    for (Map.Entry<?, ?> each : fields.object("set").entrySet()) {
      String path = String.valueOf(each.getKey());
      if (path.isBlank()) {
        throw HttpProblem.wrong("set", "a key of it is empty");
      }
      settings.add(new SpecSetting(path, JsonBody.text(each.getValue()), "set." + path));
    }
    for (String key : shortcuts) {
      fields
          .whole(key)
          .ifPresent(value -> settings.add(new SpecSetting(key, Long.toString(value), key)));
      fields
          .text(key)
          .ifPresent(value -> settings.add(new SpecSetting(key, JsonBody.text(value), key)));
    }
    return settings;
  }

  private static SpecReading.Accepted accepted(SpecReading reading) {
    if (reading instanceof SpecReading.Refused refused) {
      throw HttpProblem.wrong(refused.problems().stream().map(Wishes::wrong).toList());
    }
    return (SpecReading.Accepted) reading;
  }

  private static Wrong wrong(SpecProblem problem) {
    return problem.path().isEmpty()
        ? new Wrong("spec", "it " + problem.what())
        : new Wrong(problem.path(), problem.what());
  }

  /** The name that is wanted for a run. */
  Optional<RunId> run() {
    Optional<String> name = fields.text("name");
    if (name.isPresent() && !RunId.isValid(name.get())) {
      throw unusable("run");
    }
    return name.map(RunId::new);
  }

  /** The name that is wanted for a study. */
  Optional<StudyId> study() {
    Optional<String> name = fields.text("name");
    if (name.isPresent() && !StudyId.isValid(name.get())) {
      throw unusable("study");
    }
    return name.map(StudyId::new);
  }

  private static HttpProblem unusable(String what) {
    return HttpProblem.wrong(
        "name",
        "this cannot name a " + what + "; use a-z 0-9 . _ - and begin with a letter or digit");
  }

  /** The tags that are wanted. */
  SortedMap<String, String> tags() {
    SortedMap<String, String> tags = new TreeMap<>();
    for (Map.Entry<?, ?> each : fields.object("tags").entrySet()) {
      if (each.getValue() != null) {
        tags.put(key(each.getKey()), value(each.getValue()));
      }
    }
    if (tags.size() > MOST_TAGS) {
      throw HttpProblem.wrong("tags", "there are more than " + MOST_TAGS);
    }
    return tags;
  }

  /** The tags that are to go: those that are null. */
  List<String> untagged() {
    return fields.object("tags").entrySet().stream()
        .filter(each -> each.getValue() == null)
        .map(each -> key(each.getKey()))
        .toList();
  }

  private static String key(Object given) {
    String key = String.valueOf(given);
    if (key.isBlank() || key.length() > LONGEST_TAG || key.indexOf('=') >= 0) {
      throw HttpProblem.wrong("tags", "a tag's key is 1 to 200 characters without '='");
    }
    return key;
  }

  private static String value(Object given) {
    if (!(given instanceof String text) || text.length() > LONGEST_TAG) {
      throw HttpProblem.wrong("tags", "the value of a tag is a text of at most 200 characters");
    }
    return text;
  }
}
