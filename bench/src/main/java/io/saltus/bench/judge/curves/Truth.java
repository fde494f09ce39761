package io.saltus.bench.judge.curves;

import io.saltus.experiment.jump.Jump;
import io.saltus.experiment.jump.JumpKind;

/**
 * A jump that is in a curve. Places are log₁₀ of steps.
 *
 * @param delta level after minus level before, in the metric's own values; NaN where a drift leaves
 *     open what the levels are
 * @param isSpike whether it is one that only counts as a loss spike
 */
record Truth(double onset, double midpoint, double end, double delta, boolean isSpike) {

  static final double TOLERANCE = 0.05;

  static Truth of(Rise rise, double delta) {
    return new Truth(rise.onset(), rise.midpoint(), rise.end(), delta, false);
  }

  static Truth spike(double centre) {
    return new Truth(centre, centre, centre, Double.NaN, true);
  }

  double distance(Jump call) {
    return Math.abs(Math.log10(call.midpoint()) - midpoint);
  }

  /** Whether a call of this place and kind is true. */
  boolean isMetBy(Jump call) {
    return distance(call) <= TOLERANCE && isSpike == (call.kind() == JumpKind.LOSS_SPIKE);
  }
}
