package io.saltus.analysis.jump;

import java.util.List;
import java.util.Map;

/**
 * What is known of a run beside its metrics.
 *
 * @param changes what was done to the run, such as a step of the learning rate's schedule or a fork
 * @param parts per metric that is composed of others (an exact match), the names of those (the
 *     accuracy of each part); the composition is their product
 */
public record RunContext(List<KnownChange> changes, Map<String, List<String>> parts) {

  /** A run of which nothing else is known. */
  public static final RunContext NONE = new RunContext(List.of(), Map.of());

  /** Copies both. */
  public RunContext {
    changes = List.copyOf(changes);
    parts = Map.copyOf(parts);
  }

  /**
   * Something that was done to the run at a step.
   *
   * @param what in words that go on after "at step 500: ", such as "the learning rate fell to 1e-4"
   */
  public record KnownChange(double step, String what) {}
}
