package io.saltus.bench.judge.ground;

/** Counts that chance alone would give: of draws, and of rare events. */
public final class Chance {

  private static final double TAIL = 0.025;

  private Chance() {}

  /** From the least count to the greatest, both included. */
  public record Band(long low, long high) {

    /** Whether a count is in it. */
    public boolean contains(long count) {
      return count >= low && count <= high;
    }
  }

  /**
   * The counts of hits that are neither among the lowest nor the highest 2.5 %.
   *
   * @param draws how many, from 1
   * @param probability of a hit, in (0, 1)
   */
  public static Band binomial(int draws, double probability) {
    double log = draws * Math.log1p(-probability);
    double odds = Math.log(probability) - Math.log1p(-probability);
    double below = 0;
    int low = -1;
    for (int k = 0; k <= draws; k++) {
      double upTo = below + Math.exp(log);
      if (low < 0 && upTo > TAIL) {
        low = k;
      }
      if (upTo >= 1 - TAIL) {
        return new Band(low, k);
      }
      below = upTo;
      log += Math.log((double) (draws - k) / (k + 1)) + odds;
    }
    return new Band(low, draws);
  }

  /**
   * The greatest rate at which so few events still come in one of forty times: the upper end of the
   * exact 95 % interval of a Poisson mean (F. Garwood, Biometrika 28, 1936).
   */
  public static double highestMean(long events) {
    double low = events;
    double high = 2.0 * events + 20;
    while (high - low > 1e-9 * high) {
      double middle = (low + high) / 2;
      if (atMost(events, middle) > TAIL) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return high;
  }

  private static double atMost(long events, double mean) {
    double log = -mean;
    double sum = 0;
    for (long k = 0; k <= events; k++) {
      sum += Math.exp(log);
      log += Math.log(mean) - Math.log(k + 1.0);
    }
    return sum;
  }
}
