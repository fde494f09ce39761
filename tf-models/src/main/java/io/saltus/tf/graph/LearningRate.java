package io.saltus.tf.graph;

/**
 * The learning rate of every step: {@code min(1, s/W)·λ(s)}, with λ the schedule.
 *
 * @param initial λ₀, the rate at the end of the warm-up; above 0
 * @param warmUpSteps W, steps over which the rate rises linearly; 0 for none
 * @param schedule how it goes on
 */
public record LearningRate(double initial, long warmUpSteps, RateSchedule schedule) {

  /**
   * The rate of an update.
   *
   * @param step at least 1
   */
  public double at(long step) {
    double warmth = step < warmUpSteps ? (double) step / warmUpSteps : 1;
    return schedule.at(initial, warmUpSteps, step) * warmth;
  }
}
