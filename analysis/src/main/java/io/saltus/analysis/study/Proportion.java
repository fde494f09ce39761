package io.saltus.analysis.study;

import io.saltus.experiment.jump.Interval;

/** Shares of runs that show something. */
public final class Proportion {

  private Proportion() {}

  /**
   * The 95 % interval of E. B. Wilson, "Probable Inference, the Law of Succession, and Statistical
   * Inference", JASA 22 (1927): never empty and never beyond 0 or 1, unlike the one that is
   * symmetric around the share, and close to its level from five runs on (L. D. Brown, T. T. Cai,
   * A. DasGupta, "Interval Estimation for a Binomial Proportion", Statistical Science 16, 2001).
   *
   * @param shown how many show it, 0 to {@code n}
   * @param n how many there are, at least 1
   * @throws IllegalArgumentException when they are not
   */
  public static Interval wilson(int shown, int n) {
    if (n < 1 || shown < 0 || shown > n) {
      throw new IllegalArgumentException(shown + " of " + n);
    }
    double z2 = Normal.Z95 * Normal.Z95;
    double share = (double) shown / n;
    double centre = (share + z2 / (2.0 * n)) / (1 + z2 / n);
    double half =
        Normal.Z95 / (1 + z2 / n) * Math.sqrt(share * (1 - share) / n + z2 / (4.0 * n * n));
    return new Interval(
        shown == 0 ? 0 : Math.max(0, centre - half), shown == n ? 1 : Math.min(1, centre + half));
  }
}
