package io.saltus.experiment.spec;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A task, a model or an optimiser: a kind and its parameters, complete and checked against the
 * kind's {@link ComponentSchema}.
 *
 * @param kind such as {@code modular-arithmetic}
 * @param parameters by name, defaults written out
 */
public record Component(String kind, SortedMap<String, SpecValue> parameters) {

  /** Copies the parameters. */
  public Component {
    parameters = Collections.unmodifiableSortedMap(new TreeMap<>(parameters));
  }

  /** A text parameter; empty text where it is optional and was not given. */
  public String text(String name) {
    return take(name, SpecValue.Text.class).value();
  }

  /** A whole parameter. */
  public long whole(String name) {
    return take(name, SpecValue.Whole.class).value();
  }

  /** A whole parameter whose schema keeps it within an int. */
  public int integer(String name) {
    return Math.toIntExact(whole(name));
  }

  /** A real parameter. */
  public double real(String name) {
    return take(name, SpecValue.Real.class).value();
  }

  /** A yes-or-no parameter. */
  public boolean flag(String name) {
    return take(name, SpecValue.Flag.class).value();
  }

  /** A parameter of numbers by step. */
  public List<SpecValue.Point> points(String name) {
    return take(name, SpecValue.Points.class).points();
  }

  private <T extends SpecValue> T take(String name, Class<T> type) {
    return Optional.ofNullable(parameters.get(name))
        .filter(type::isInstance)
        .map(type::cast)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    kind + " has no " + type.getSimpleName() + " parameter " + name));
  }
}
