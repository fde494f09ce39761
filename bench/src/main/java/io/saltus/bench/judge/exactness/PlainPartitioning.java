package io.saltus.bench.judge.exactness;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * Optimal partitioning as it was first written down, over all positions and without pruning (B.
 * Jackson et al., IEEE Signal Processing Letters 12, 2005): what faster searches are held against.
 *
 * @param cost of the segments, and the penalty for each change
 * @param changePoints of an optimum with the fewest changes
 */
public record PlainPartitioning(double cost, List<Integer> changePoints) {

  private static final double TIE = 1e-11;

  /** Copies the list. */
  public PlainPartitioning {
    changePoints = List.copyOf(changePoints);
  }

  /**
   * The optimum.
   *
   * @param n how many observations
   * @param minLength the least length of a segment; a series that is shorter is one segment
   */
  public static PlainPartitioning of(Costs costs, int n, double penalty, int minLength) {
    double[] best = new double[n + 1];
    int[] last = new int[n + 1];
    int[] changes = new int[n + 1];
    Arrays.fill(best, Double.POSITIVE_INFINITY);
    best[0] = -penalty;
    changes[0] = -1;
    for (int end = Math.min(n, minLength); end <= n; end++) {
      for (int from = 0; from == 0 || from <= end - minLength; from++) {
        double total = best[from] + penalty + costs.of(from, end);
        double margin = TIE * Math.max(1, Math.abs(total));
        if (total < best[end] - margin
            || (total <= best[end] + margin && changes[from] + 1 < changes[end])) {
          best[end] = total;
          last[end] = from;
          changes[end] = changes[from] + 1;
        }
      }
    }
    List<Integer> changePoints = new ArrayList<>();
    for (int at = last[n]; at > 0; at = last[at]) {
      changePoints.add(at);
    }
    Collections.reverse(changePoints);
    return new PlainPartitioning(best[n], changePoints);
  }
}
