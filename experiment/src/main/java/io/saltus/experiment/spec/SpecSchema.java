package io.saltus.experiment.spec;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The kinds of all installed programs: what specs are read, digested and written against. */
public final class SpecSchema {

  /** A part of a spec that has a kind. */
  public enum Part {
    /** What is learned. */
    TASK("task", "modular-arithmetic"),
    /** What learns. */
    MODEL("model", "mlp"),
    /** How it learns. */
    OPTIMIZER("optimizer", "adamw");

    private final String key;
    private final String fallback;

    Part(String key, String fallback) {
      this.key = key;
      this.fallback = fallback;
    }

    /** Its key in a spec. */
    public String key() {
      return key;
    }

    /** The kind where a spec names none. */
    public String fallback() {
      return fallback;
    }

    private List<ComponentSchema> kindsOf(ProgramSchema program) {
      return switch (this) {
        case TASK -> program.tasks();
        case MODEL -> program.models();
        case OPTIMIZER -> program.optimizers();
      };
    }

    /** This part of a spec. */
    public Component of(ExperimentSpec spec) {
      return switch (this) {
        case TASK -> spec.task();
        case MODEL -> spec.model();
        case OPTIMIZER -> spec.optimizer();
      };
    }
  }

  private final List<ProgramSchema> programs;

  private SpecSchema(List<ProgramSchema> programs) {
    this.programs = programs;
  }

  /** The kinds of these programs; of two that know a kind the first decides. */
  public static SpecSchema of(List<? extends ProgramSchema> programs) {
    return new SpecSchema(List.copyOf(programs));
  }

  /** The names of all kinds of a part, each once, in the order of the programs. */
  public List<String> kinds(Part part) {
    return programs.stream()
        .flatMap(program -> part.kindsOf(program).stream())
        .map(ComponentSchema::kind)
        .distinct()
        .toList();
  }

  /** What a kind accepts, in the first program that knows all three kinds, else that one. */
  Optional<ComponentSchema> find(Part part, String task, String model, String optimizer) {
    String kind =
        switch (part) {
          case TASK -> task;
          case MODEL -> model;
          case OPTIMIZER -> optimizer;
        };
    List<ProgramSchema> candidates = new ArrayList<>();
    for (ProgramSchema program : programs) {
      if (knows(program, Part.TASK, task)
          && knows(program, Part.MODEL, model)
          && knows(program, Part.OPTIMIZER, optimizer)) {
        candidates.add(program);
      }
    }
    candidates.addAll(programs);
    return candidates.stream().flatMap(program -> schema(program, part, kind).stream()).findFirst();
  }

  /** What a part of a spec accepts; empty when no installed program knows its kind. */
  public Optional<ComponentSchema> find(Part part, ExperimentSpec spec) {
    return find(part, spec.task().kind(), spec.model().kind(), spec.optimizer().kind());
  }

  /** The first program that can run a spec. */
  Optional<ProgramSchema> programFor(ExperimentSpec spec) {
    return programs.stream().filter(program -> program.supports(spec)).findFirst();
  }

  /**
   * The spec with every {@link Parameter.InputPath} at its default: as it is persisted, because no
   * event holds a path.
   */
  public ExperimentSpec withoutInputPaths(ExperimentSpec spec) {
    return new ExperimentSpec(
        spec.experiment(),
        spec.title(),
        withoutInputPaths(Part.TASK, spec),
        withoutInputPaths(Part.MODEL, spec),
        withoutInputPaths(Part.OPTIMIZER, spec),
        spec.batchSize(),
        spec.sampling(),
        spec.steps(),
        spec.seeds(),
        spec.until(),
        spec.evaluate(),
        spec.checkpoint(),
        spec.resume(),
        spec.numerics(),
        spec.device(),
        spec.placing(),
        spec.isolation(),
        spec.onDivergence(),
        spec.study(),
        spec.plot());
  }

  /** Whether a parameter is a path of input; false where its kind is unknown. */
  boolean isInputPath(Part part, ExperimentSpec spec, String parameter) {
    return find(part, spec)
        .flatMap(schema -> schema.find(parameter))
        .filter(found -> found.allowed() instanceof Parameter.InputPath)
        .isPresent();
  }

  /** Whether a path of a spec's key is that of a path of input in any kind. */
  boolean isInputPath(String path) {
    for (Part part : Part.values()) {
      String before = part.key() + ".";
      if (path.startsWith(before)
          && programs.stream()
              .flatMap(program -> part.kindsOf(program).stream())
              .flatMap(kind -> kind.find(path.substring(before.length())).stream())
              .anyMatch(found -> found.allowed() instanceof Parameter.InputPath)) {
        return true;
      }
    }
    return false;
  }

  /** Whether any kind of a part has a parameter of this name that is a whole number. */
  boolean isWhole(Part part, String parameter) {
    return programs.stream()
        .flatMap(program -> part.kindsOf(program).stream())
        .flatMap(schema -> schema.find(parameter).stream())
        .anyMatch(found -> found.allowed() instanceof Parameter.WholeIn);
  }

  private Component withoutInputPaths(Part part, ExperimentSpec spec) {
    Component component = part.of(spec);
    SortedMap<String, SpecValue> parameters = new TreeMap<>(component.parameters());
    parameters.replaceAll(
        (name, value) -> isInputPath(part, spec, name) ? new SpecValue.Text("") : value);
    return new Component(component.kind(), parameters);
  }

  private static boolean knows(ProgramSchema program, Part part, String kind) {
    return schema(program, part, kind).isPresent();
  }

  private static Optional<ComponentSchema> schema(ProgramSchema program, Part part, String kind) {
    return part.kindsOf(program).stream().filter(schema -> schema.kind().equals(kind)).findFirst();
  }
}
