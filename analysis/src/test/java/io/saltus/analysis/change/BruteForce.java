package io.saltus.analysis.change;

import java.util.Arrays;

/** Plain optimal partitioning over all positions: slow, and what the fast searches are held to. */
final class BruteForce {

  /** The least penalised cost, and the fewest changes that reach it. */
  record Optimum(double cost, int changes) {}

  private BruteForce() {}

  static Optimum of(SegmentCost cost, double penalty, int minLength) {
    int n = cost.size();
    double[] best = new double[n + 1];
    int[] changes = new int[n + 1];
    Arrays.fill(best, Double.POSITIVE_INFINITY);
    best[0] = -penalty;
    changes[0] = -1;
    for (int end = 1; end <= n; end++) {
      for (int from = 0; from < end; from++) {
        boolean longEnough = end - from >= minLength || (from == 0 && end == n);
        if (!longEnough || best[from] == Double.POSITIVE_INFINITY) {
          continue;
        }
        double total = best[from] + penalty + cost.of(from, end);
        double margin = 1e-11 * Math.max(1, Math.abs(total));
        if (total < best[end] - margin
            || (total <= best[end] + margin && changes[from] + 1 < changes[end])) {
          best[end] = total;
          changes[end] = changes[from] + 1;
        }
      }
    }
    return new Optimum(best[n], changes[n]);
  }

  /** Squared errors, summed anew for each segment. */
  static SegmentCost squares(double[] values, double[] weights) {
    return new SegmentCost() {
      @Override
      public int size() {
        return values.length;
      }

      @Override
      public double of(int from, int until) {
        double weight = 0;
        double mean = 0;
        for (int i = from; i < until; i++) {
          weight += weights[i];
          mean += weights[i] * values[i];
        }
        mean /= weight;
        double squares = 0;
        for (int i = from; i < until; i++) {
          squares += weights[i] * (values[i] - mean) * (values[i] - mean);
        }
        return squares;
      }
    };
  }
}
