package io.saltus.analysis.jump;

import java.util.Arrays;
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
    double harmonic = harmonic(m);
    double[] q = p.clone();
    double least = 1;
    for (int rank = m; rank >= 1; rank--) {
      int index = order.get(rank - 1);
      least = Math.min(least, p[index] * m * harmonic / rank);
      q[index] = least;
    }
    return q;
  }

  /**
   * A value within one of several families of tests, corrected for which families were selected: at
   * any level those whose {@code q} is not above it are, and within them the tests whose {@code p}
   * is not above the level times the share that was selected (Y. Benjamini, M. Bogomolov, J. R.
   * Statist. Soc. B 76, 2014; with the sum of 1/k, as above, for any dependence). The least level
   * at which the test would be rejected.
   *
   * @param families of each family q, corrected as above
   * @param family which one
   * @param p within the family, corrected for the number of tests there
   */
  static double withinSelected(double[] families, int family, double p) {
    double[] q = Arrays.stream(families).filter(value -> !Double.isNaN(value)).sorted().toArray();
    int m = q.length;
    double least = Double.NaN;
    for (int rank = 1; rank <= m; rank++) {
      if (q[rank - 1] >= families[family]) {
        double level = Math.max(q[rank - 1], Math.min(1, p * m * harmonic(m) / rank));
        least = Double.isNaN(least) ? level : Math.min(least, level);
      }
    }
    return Double.isNaN(p) ? p : least;
  }

  /** The sum of 1/k up to m. */
  static double harmonic(int m) {
    return IntStream.rangeClosed(1, m).mapToDouble(k -> 1.0 / k).sum();
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
