package io.saltus.analysis.change;

import java.util.List;

/**
 * A series cut into segments.
 *
 * @param n how many observations, at least 1
 * @param changePoints the first position of each segment but the first, from 0, strictly ascending,
 *     in [1, n)
 * @param cost of the segments, without penalties
 * @param penalisedCost with the penalty of each change point
 */
public record Segmentation(int n, List<Integer> changePoints, double cost, double penalisedCost) {

  /** Refuses change points that are none. */
  public Segmentation {
    changePoints = List.copyOf(changePoints);
    int before = 0;
    for (int position : changePoints) {
      if (position <= before || position >= n) {
        throw new IllegalArgumentException(
            "change points must ascend within (0, %d): %s".formatted(n, changePoints));
      }
      before = position;
    }
  }

  /** How many segments: one more than change points. */
  public int segments() {
    return changePoints.size() + 1;
  }

  /** The first position of a segment, which are numbered from 0. */
  public int from(int segment) {
    return segment == 0 ? 0 : changePoints.get(segment - 1);
  }

  /** The position behind the last one of a segment. */
  public int until(int segment) {
    return segment == changePoints.size() ? n : changePoints.get(segment);
  }
}
