package io.saltus.analysis.jump;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * How often drift and noise alone show as much as the series does. The noise is that about drift
 * <em>and</em> jumps: that about the drift alone contains the jump, and would hide it. Each
 * replicate is the fitted drift plus simulated noise, of which the same {@link Statistic} is asked;
 * it takes the greatest over all places and widths, so that p pays for the search.
 *
 * <p>Where few of the first replicates are as great as the series, simulation goes on until so many
 * are, or to an end that is known before (J. Besag, P. Clifford, Biometrika 78, 1991): p is valid
 * at every level, and never below 1 in the number of replicates plus 1.
 */
final class NullTest {

  static final double LEAST_EFFECTIVE = 50;
  private static final int ENOUGH = 10;
  private static final int STRETCH = 500;

  private final Search search;
  private final Statistic statistic;
  private final double[] drift;
  private final NoiseModel noise;
  private final long seed;
  private final Workers workers;

  NullTest(
      Search search,
      Statistic statistic,
      double[] drift,
      NoiseModel noise,
      long seed,
      Workers workers) {
    this.search = search;
    this.statistic = statistic;
    this.drift = drift;
    this.noise = noise;
    this.seed = seed;
    this.workers = workers;
  }

  /** Simulates; where p is small on and on, up to {@code most}. */
  Outcome outcome(double score, int first, int most) {
    double[] scores = scores(0, first);
    if (atLeast(scores, score) >= ENOUGH) {
      return new Outcome(p(scores, score), scores);
    }
    while (scores.length < most) {
      double[] more = scores(scores.length, Math.min(most, scores.length + STRETCH));
      double[] all = Arrays.copyOf(scores, scores.length + more.length);
      System.arraycopy(more, 0, all, scores.length, more.length);
      scores = all;
      if (atLeast(scores, score) >= ENOUGH) {
        return new Outcome((double) ENOUGH / where(scores, score), scores);
      }
    }
    return new Outcome(p(scores, score), scores);
  }

  /**
   * @param scores of the replicates, in their order
   */
  @SuppressWarnings("ArrayRecordComponent") // compared by nobody
  record Outcome(double p, double[] scores) {}

  private double[] scores(int from, int until) {
    return workers.compute(
        from,
        until,
        () -> {
          Search.Bench bench = search.new Bench();
          double[] simulated = new double[drift.length];
          return b -> {
            noise.simulate(new SplittableRandom(Seeds.mix(seed, b)), simulated);
            for (int i = 0; i < drift.length; i++) {
              simulated[i] += drift[i];
            }
            return statistic.of(simulated, bench);
          };
        });
  }

  /** Never less than one in so many replicates plus one. */
  static double p(double[] scores, double score) {
    return (atLeast(scores, score) + 1.0) / (scores.length + 1.0);
  }

  private static int atLeast(double[] scores, double score) {
    return (int) Arrays.stream(scores).filter(one -> one >= score).count();
  }

  /** How many replicates it took until enough were as great. */
  private static int where(double[] scores, double score) {
    int left = ENOUGH;
    for (int b = 0; b < scores.length; b++) {
      left -= scores[b] >= score ? 1 : 0;
      if (left == 0) {
        return b + 1;
      }
    }
    return scores.length;
  }
}
