package io.saltus.analysis.jump;

import java.util.Optional;

/**
 * A rise and its fall, both of width 0, that are too close together for either to be seen alone: at
 * least 3 evaluations in at most 30 cells, whose mean is eight deviations off.
 *
 * @param rise among all rises
 * @param fall the same
 */
record Pair(int rise, int fall) {

  private static final int LONGEST = 30;
  private static final int LEAST_EVALUATIONS = 3;
  private static final double DEVIATIONS = 8;

  /** The one that explains most of the residuals, of a given size at least. */
  static Optional<Pair> in(double[] rest, LogBins bins, NoiseModel noise, double least) {
    Optional<Pair> best = Optional.empty();
    double most = 0;
    int n = rest.length;
    for (int from = Rises.LEAST_SIDE; from < n - Rises.LEAST_SIDE; from++) {
      double sum = 0;
      double weight = 0;
      int observations = 0;
      int last = Math.min(n - Rises.LEAST_SIDE, from + LONGEST);
      for (int until = from + 1; until < last; until++) {
        sum += bins.weights[until - 1] * rest[until - 1];
        weight += bins.weights[until - 1];
        observations += bins.counts[until - 1];
        double size = Math.abs(sum / weight);
        if (observations >= LEAST_EVALUATIONS
            && sum * sum / weight > most
            && size >= least
            && size > DEVIATIONS * noise.ofMean(observations)) {
          most = sum * sum / weight;
          best = Optional.of(new Pair(from - Rises.LEAST_SIDE, until - Rises.LEAST_SIDE));
        }
      }
    }
    return best;
  }
}
