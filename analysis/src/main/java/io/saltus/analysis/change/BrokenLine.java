package io.saltus.analysis.change;

import java.util.List;

/**
 * Straight lines that meet: at the first observation, at each change of the slope, at the last
 * observation.
 *
 * @param knots ascending; at least one, and for two observations and more at least two
 * @param segmentation its changes are the inner knots; an observation at a knot lies on both lines,
 *     and counts for the segment that begins with it
 */
public record BrokenLine(List<Knot> knots, Segmentation segmentation) {

  /** Refuses knots that are not those of the segmentation. */
  public BrokenLine {
    knots = List.copyOf(knots);
    int ends = Math.min(2, segmentation.n());
    if (knots.size() != segmentation.changePoints().size() + ends) {
      throw new IllegalArgumentException(
          "%d knots for %d changes".formatted(knots.size(), segmentation.changePoints().size()));
    }
  }

  /** The positions where the slope changes, in (0, n − 1), ascending. */
  public List<Integer> changePoints() {
    return segmentation.changePoints();
  }

  /** The sum of squared errors. */
  public double cost() {
    return segmentation.cost();
  }

  /** With the penalty of each change. */
  public double penalisedCost() {
    return segmentation.penalisedCost();
  }

  /**
   * The slope of a line, per unit of the abscissa.
   *
   * @param segment from 0 to the number of changes; of a single observation the slope is 0
   */
  public double slope(int segment) {
    if (knots.size() == 1 && segment == 0) {
      return 0;
    }
    Knot from = knots.get(segment);
    Knot until = knots.get(segment + 1);
    return (until.level() - from.level()) / (until.abscissa() - from.abscissa());
  }
}
