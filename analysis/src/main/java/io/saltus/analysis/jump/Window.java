package io.saltus.analysis.jump;

import java.util.ArrayList;
import java.util.List;

/**
 * The cells around one change, those far from it put together in groups, so that a fit of them is
 * quick and no plateau outweighs the change.
 */
final class Window {

  private static final int NEAR = 120;
  private static final int FAR = 20;

  private final List<int[]> groups = new ArrayList<>();
  private final double[] cellWeights;
  final double[] x;
  final double[] weights;

  /**
   * @param from the first cell
   * @param until the one after the last
   */
  Window(LogBins bins, int from, int until, double nearFrom, double nearTo) {
    cellWeights = bins.weights;
    int first = from;
    while (first < until && bins.x[first] < nearFrom) {
      first++;
    }
    int last = first;
    while (last < until && bins.x[last] <= nearTo) {
      last++;
    }
    group(from, first, FAR);
    group(first, last, NEAR);
    group(last, until, FAR);
    x = means(bins.x);
    weights = new double[groups.size()];
    for (int g = 0; g < weights.length; g++) {
      for (int i = groups.get(g)[0]; i < groups.get(g)[1]; i++) {
        weights[g] += bins.weights[i];
      }
    }
  }

  /** Of each group, the weighted mean of its cells. */
  double[] means(double[] cells) {
    double[] result = new double[groups.size()];
    for (int g = 0; g < result.length; g++) {
      double weight = 0;
      for (int i = groups.get(g)[0]; i < groups.get(g)[1]; i++) {
        weight += cellWeights[i];
        result[g] += cellWeights[i] * cells[i];
      }
      result[g] /= weight;
    }
    return result;
  }

  private void group(int from, int until, int most) {
    int count = until - from;
    int number = Math.min(most, count);
    for (int g = 0; g < number; g++) {
      groups.add(new int[] {from + count * g / number, from + count * (g + 1) / number});
    }
  }
}
