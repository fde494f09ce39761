package io.saltus.analysis.change;

import java.util.Arrays;

/**
 * Where anything about the distribution may change, not only its mean or variance: twice the
 * negative log-likelihood of the empirical distribution of a segment, summed over quantiles of the
 * whole series that lie closer together in its tails: K. Haynes, P. Fearnhead, I. Eckley, "A
 * computationally efficient nonparametric approach for changepoint detection", Statistics and
 * Computing 27 (2017), eq. (7) with K = ⌈4 log n⌉ quantiles. Segmentations are exact for this cost,
 * which itself approximates the integral over all quantiles.
 *
 * <p>Cost: K time per segment, 4·K·n bytes.
 */
final class DistributionCost implements SegmentCost {

  private final int size;
  private final int quantiles;
  private final double scale;

  /** Twice how many of the first i values lie below quantile k, ties counted half: [i·K + k]. */
  private final int[] below;

  /**
   * @param values finite; their number times K must fit into an array
   */
  DistributionCost(double[] values) {
    size = values.length;
    quantiles = quantiles(size);
    double range = Math.log(2.0 * size - 1);
    scale = 2 * range / quantiles;
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    // A level is a value and what it lies above it, since their sum would cost digits.
    double[] levels = new double[quantiles];
    double[] above = new double[quantiles];
    for (int k = 0; k < quantiles; k++) {
      double place = (2.0 * k + 1) / quantiles - 1;
      // Linear between the order statistics, R's type 7.
      double rank = (sorted.length - 1) / (1 + Math.exp(-range * place));
      int low = (int) Math.floor(rank);
      int high = Math.min(low + 1, sorted.length - 1);
      levels[k] = sorted[low];
      above[k] = (rank - low) * (sorted[high] - sorted[low]);
    }
    below = new int[Math.multiplyExact(size + 1, quantiles)];
    for (int i = 0; i < size; i++) {
      for (int k = 0; k < quantiles; k++) {
        double off = values[i] - levels[k];
        below[(i + 1) * quantiles + k] =
            below[i * quantiles + k] + (off < above[k] ? 2 : off == above[k] ? 1 : 0);
      }
    }
  }

  /** How many quantiles a series of a length takes. */
  static int quantiles(int size) {
    return Math.max(1, Math.min(size, (int) Math.ceil(4 * Math.log(size))));
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public double of(int from, int until) {
    double n = until - from;
    double sum = 0;
    for (int k = 0; k < quantiles; k++) {
      double part = (below[until * quantiles + k] - below[from * quantiles + k]) / (2 * n);
      if (part > 0 && part < 1) {
        sum += part * Math.log(part) + (1 - part) * Math.log(1 - part);
      }
    }
    return -scale * n * sum;
  }
}
