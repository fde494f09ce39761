package io.saltus.experiment.session;

import java.util.List;

/** A session one step at a time: what {@link ChunkLoop} drives. */
public interface Stepper {

  /**
   * Executes update {@code step} and records its metrics, then evaluates {@code sets} with the
   * weights after it.
   *
   * @param step at least 1
   * @param sets names in byte order, often empty
   */
  void update(long step, List<String> sets, StepRecord record);

  /** Evaluates {@code sets} with the weights as they are, after update {@code step}. */
  void evaluate(long step, List<String> sets, StepRecord record);
}
