package io.saltus.analysis.change;

/**
 * The cost of the {@code auto} model: each segment is a level or a line, whichever is cheaper, with
 * noise of its own: n·log(RSS/n + floor), and the price of a slope where there is one.
 *
 * <p>The floor is a part of the total variance. It says how small a deviation may be and still
 * count: without it a few values that happen to lie on a line would be worth any price. It is added
 * and not taken as a bound, so that the cost stays concave in RSS/n and cutting costs at most the
 * price of a slope more (Jensen's inequality), which keeps the pruning exact.
 */
final class MeanOrLineCost implements SegmentCost {

  private final Moments moments;
  private final double floor;
  private final double slopePrice;

  /**
   * @param floorPart of the variance of the whole series, above 0
   * @param slopePrice added for a segment that is a line
   */
  MeanOrLineCost(Moments moments, double floorPart, double slopePrice) {
    this.moments = moments;
    double total = moments.squares(0, moments.size()) / moments.size();
    this.floor = Math.max(floorPart * total, Double.MIN_NORMAL);
    this.slopePrice = slopePrice;
  }

  @Override
  public int size() {
    return moments.size();
  }

  @Override
  public double of(int from, int until) {
    return Math.min(level(from, until), line(from, until));
  }

  @Override
  public double excess() {
    return slopePrice;
  }

  /** Whether a segment is a line rather than a level. */
  boolean isLine(int from, int until) {
    return line(from, until) < level(from, until);
  }

  private double level(int from, int until) {
    double n = until - from;
    return n * Math.log(moments.squares(from, until) / n + floor);
  }

  private double line(int from, int until) {
    double n = until - from;
    return n * Math.log(moments.squaresAboutLine(from, until) / n + floor) + slopePrice;
  }
}
