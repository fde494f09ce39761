package io.saltus.analysis.jump;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * How often drift and noise alone show as much as the series does. The noise is that about drift
 * <em>and</em> jumps: that about the drift alone contains the jump, and would hide it. Each
 * replicate is the fitted drift plus simulated noise and goes through the same search over all
 * places and widths, so that p pays for the search.
 */
final class NullTest {

  static final double LEAST_EFFECTIVE = 50;

  private final Search search;
  private final double[] drift;
  private final NoiseModel noise;
  private final long seed;
  private final Workers workers;

  NullTest(Search search, double[] drift, NoiseModel noise, long seed, Workers workers) {
    this.search = search;
    this.drift = drift;
    this.noise = noise;
    this.seed = seed;
    this.workers = workers;
  }

  /** The greatest scores of so many replicates, ascending. */
  double[] scores(int from, int until) {
    double[] scores =
        workers.compute(
            from,
            until,
            () -> {
              Search.Bench bench = search.new Bench();
              return b -> {
                noise.simulate(new SplittableRandom(Seeds.mix(seed, b)), bench.values);
                for (int i = 0; i < drift.length; i++) {
                  bench.values[i] += drift[i];
                }
                bench.look();
                return bench.greatestScore();
              };
            });
    Arrays.sort(scores);
    return scores;
  }

  /** Never less than one in so many replicates plus one. */
  static double p(double[] sorted, double score) {
    int at = Arrays.binarySearch(sorted, score);
    while (at > 0 && sorted[at - 1] >= score) {
      at--;
    }
    int above = sorted.length - (at < 0 ? -at - 1 : at);
    return (above + 1.0) / (sorted.length + 1.0);
  }
}
