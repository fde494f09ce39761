package io.saltus.analysis.change;

/**
 * Twice the negative log-likelihood of independent normal observations with a mean and a variance
 * per segment, constants left out: n·log(RSS/n + q²/12). The least variance that values with a
 * quantum q can show is q²/12; without it a stretch of equal values would have a likelihood without
 * bound.
 *
 * <p>Why: for series whose noise changes too. The cost is that of PELT's normal model with both
 * parameters free: R. Killick, P. Fearnhead, I. Eckley, JASA 107 (2012); the floor is ours.
 *
 * <p>Cost: constant time per segment; three numbers per observation.
 */
final class MeanVarianceCost implements SegmentCost {

  private final Moments moments;
  private final double floor;

  /**
   * @param quantum the least difference between two different values, above 0
   */
  MeanVarianceCost(Moments moments, double quantum) {
    this.moments = moments;
    this.floor = Math.max(quantum * quantum / 12, Double.MIN_NORMAL);
  }

  @Override
  public int size() {
    return moments.size();
  }

  @Override
  public double of(int from, int until) {
    double n = until - from;
    return n * Math.log(moments.squares(from, until) / n + floor);
  }
}
