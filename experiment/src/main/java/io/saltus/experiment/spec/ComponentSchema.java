package io.saltus.experiment.spec;

import java.util.List;
import java.util.Optional;

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

  /** The parameter of a name. */
  public Optional<Parameter> find(String name) {
    return parameters.stream().filter(parameter -> parameter.name().equals(name)).findFirst();
  }
}
