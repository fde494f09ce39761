package io.saltus.analysis.jump;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Corrections of p-values for their number. Where there is none, NaN stays NaN and doesn't count.
 */
final class MultipleTesting {

  private MultipleTesting() {}

  /**
   * The share of false finds when everything with at most this value counts as one, however the
   * tests depend on each other (Y. Benjamini, D. Yekutieli, Ann. Statist. 29, 2001).
   */
  static double[] benjaminiYekutieli(double[] p) {
    List<Integer> order = ascending(p);
    int m = order.size();
    double harmonic = IntStream.rangeClosed(1, m).mapToDouble(k -> 1.0 / k).sum();
    double[] q = p.clone();
    double least = 1;
    for (int rank = m; rank >= 1; rank--) {
      int index = order.get(rank - 1);
      least = Math.min(least, p[index] * m * harmonic / rank);
      q[index] = least;
    }
    return q;
  }

  /** The chance of any false find (S. Holm, Scand. J. Statist. 6, 1979). */
  static double[] holm(double[] p) {
    List<Integer> order = ascending(p);
    int m = order.size();
    double[] adjusted = p.clone();
    double greatest = 0;
    for (int rank = 0; rank < m; rank++) {
      int index = order.get(rank);
      greatest = Math.max(greatest, Math.min(1, p[index] * (m - rank)));
      adjusted[index] = greatest;
    }
    return adjusted;
  }

  private static List<Integer> ascending(double[] p) {
    return IntStream.range(0, p.length)
        .filter(i -> !Double.isNaN(p[i]))
        .boxed()
        .sorted(Comparator.comparingDouble(i -> p[i]))
        .toList();
  }
}
