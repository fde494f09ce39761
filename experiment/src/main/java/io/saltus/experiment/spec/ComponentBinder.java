package io.saltus.experiment.spec;

import com.typesafe.config.ConfigFactory;
import io.saltus.experiment.spec.SpecSchema.Part;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads task, model and optimiser against the schemas of their kinds. */
final class ComponentBinder {

  private static final int LONGEST_PATH = 4096;

  private final SpecSchema schema;
  private final PathRules paths;
  private final Problems problems;

  ComponentBinder(SpecSchema schema, PathRules paths, Problems problems) {
    this.schema = schema;
    this.paths = paths;
    this.problems = problems;
  }

  /** The three parts; those whose kind is unknown have no parameters. */
  Map<Part, Component> bind(Section root) {
    Map<Part, Section> sections = new EnumMap<>(Part.class);
    Map<Part, String> kinds = new EnumMap<>(Part.class);
    for (Part part : Part.values()) {
      Section section = root.section(part.key());
      sections.put(part, section);
      kinds.put(part, kind(part, section));
    }
    Map<Part, Component> components = new EnumMap<>(Part.class);
    for (Part part : Part.values()) {
      Optional<ComponentSchema> found =
          schema.find(part, of(kinds, Part.TASK), of(kinds, Part.MODEL), of(kinds, Part.OPTIMIZER));
      SortedMap<String, SpecValue> parameters = new TreeMap<>();
      found.ifPresent(
          kind -> {
            Section section = section(sections, part);
            for (Parameter parameter : kind.parameters()) {
              parameters.put(parameter.name(), value(section, parameter));
            }
            section.close();
          });
      components.put(part, new Component(of(kinds, part), parameters));
    }
    return components;
  }

  private String kind(Part part, Section section) {
    List<String> kinds = schema.kinds(part);
    Optional<Found> found = section.find("kind");
    if (found.isEmpty() && !kinds.contains(part.fallback())) {
      problems.add(
          section.path("kind"),
          "is missing; allowed: " + String.join(", ", kinds),
          problems.where(section.origin()));
      return part.fallback();
    }
    return section.word("kind", kinds, part.fallback());
  }

  private SpecValue value(Section section, Parameter parameter) {
    String name = parameter.name();
    Optional<Found> found = section.find(name);
    return found.isEmpty()
        ? parameter.fallback()
        : value(section, name, found.get(), parameter.allowed(), parameter.fallback());
  }

  private SpecValue value(
      Section section, String name, Found found, Parameter.Allowed allowed, SpecValue fallback) {
    if (allowed instanceof Parameter.OneOf words) {
      return new SpecValue.Text(section.word(name, found, words.words(), fallback.canonical()));
    }
    if (allowed instanceof Parameter.WholeIn in && fallback instanceof SpecValue.Whole whole) {
      return new SpecValue.Whole(section.whole(name, found, in.least(), in.most(), whole.value()));
    }
    if (allowed instanceof Parameter.RealIn in && fallback instanceof SpecValue.Real real) {
      return new SpecValue.Real(section.real(name, found, in, real.value()));
    }
    if (allowed instanceof Parameter.YesNo && fallback instanceof SpecValue.Flag flag) {
      return new SpecValue.Flag(section.flag(name, found, flag.value()));
    }
    if (allowed instanceof Parameter.PointsIn in) {
      return PointsBinder.points(section, name, found, in);
    }
    if (allowed instanceof Parameter.InputPath) {
      return path(section, name, found, fallback);
    }
    throw new IllegalStateException(
        "the default of " + section.path(name) + " is not what it allows");
  }

  private SpecValue path(Section section, String name, Found found, SpecValue fallback) {
    String text = section.text(name, found, LONGEST_PATH, fallback.canonical());
    Optional<String> path = paths.path(text);
    if (path.isEmpty()) {
      section.problem(name, found, paths.refusal(text));
      return fallback;
    }
    return new SpecValue.Text(path.get());
  }

  private static String of(Map<Part, String> kinds, Part part) {
    return kinds.getOrDefault(part, part.fallback());
  }

  private Section section(Map<Part, Section> sections, Part part) {
    Section found = sections.get(part);
    return found == null ? new Section(part.key(), ConfigFactory.empty().root(), problems) : found;
  }
}
