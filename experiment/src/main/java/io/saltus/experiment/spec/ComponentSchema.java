package io.saltus.experiment.spec;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a kind of task, model or optimiser accepts.
 *
 * @param kind as written in a spec
 * @param parameters each name once
 */
public record ComponentSchema(String kind, List<Parameter> parameters) {

  /** Copies the parameters. */
  public ComponentSchema {
    parameters = List.copyOf(parameters);
  }

  /**
   * A component with the defaults of what it does not say: one that an earlier version recorded
   * lacks what came later.
   */
  public Component complete(Component component) {
    SortedMap<String, SpecValue> values = new TreeMap<>(component.parameters());
    parameters.forEach(parameter -> values.putIfAbsent(parameter.name(), parameter.fallback()));
    return new Component(component.kind(), values);
  }

  /** The parameter of a name. */
  public Optional<Parameter> find(String name) {
    return parameters.stream().filter(parameter -> parameter.name().equals(name)).findFirst();
  }
}
