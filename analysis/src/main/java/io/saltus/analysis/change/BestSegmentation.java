package io.saltus.analysis.change;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The segmentation with a given number of changes and the least sum of segment costs, for any cost
 * that adds up over segments: the segment neighbourhood search of I. Auger and C. Lawrence,
 * Bulletin of Mathematical Biology 51 (1989). Exact; without pruning, which is why it is bounded.
 *
 * <p>Cost: K·n² time, 4·K·n bytes.
 */
final class BestSegmentation {

  private static final double MOST_WORK = 2e10;
  private static final double TIE = 1e-12;

  private BestSegmentation() {}

  /**
   * @param count of changes, from 0
   * @throws IllegalArgumentException when there cannot be so many, or it would take minutes
   */
  static Segmentation of(SegmentCost cost, int count, int minLength) {
    int n = cost.size();
    if ((double) count * n * n / 2 > MOST_WORK || (count > 0 && (count + 1L) * minLength > n)) {
      throw new IllegalArgumentException(
          "%d changes are too many for this model and so many observations: the model mean takes more"
              .formatted(count));
    }
    List<int[]> last = new ArrayList<>();
    last.add(new int[n + 1]);
    double[] before = new double[n + 1];
    Arrays.fill(before, Double.POSITIVE_INFINITY);
    int shortest = count == 0 ? n : minLength;
    for (int end = shortest; end <= n; end++) {
      before[end] = cost.of(0, end);
    }
    for (int level = 1; level <= count; level++) {
      double[] costs = new double[n + 1];
      int[] changes = new int[n + 1];
      Arrays.fill(costs, Double.POSITIVE_INFINITY);
      for (int end = (level + 1) * minLength; end <= n; end++) {
        for (int from = level * minLength; from <= end - minLength; from++) {
          double total = before[from] + cost.of(from, end);
          if (total < costs[end] - TIE * Math.abs(total)) {
            costs[end] = total;
            changes[end] = from;
          }
        }
      }
      before = costs;
      last.add(changes);
    }
    return Traceback.segmentation(cost, Traceback.changePoints(last), 0);
  }
}
