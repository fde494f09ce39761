package io.saltus.bench.judge.tcpd;

import io.saltus.bench.judge.ground.Sample;
import java.util.SplittableRandom;

/**
 * By how much one way is better than another in the mean over series, and how far that depends on
 * which series there are: the differences of each series are drawn with replacement, and the means
 * of the draws give the interval (B. Efron, Annals of Statistics 7, 1979; percentiles).
 *
 * @param low the 2.5 % quantile of the means
 * @param high the 97.5 % quantile
 */
record PairedBootstrap(double mean, double low, double high) {

  private static final int DRAWS = 10_000;

  static PairedBootstrap of(double[] ours, double[] theirs, long seed) {
    int n = ours.length;
    double mean = 0;
    for (int i = 0; i < n; i++) {
      mean += (ours[i] - theirs[i]) / n;
    }
    SplittableRandom random = new SplittableRandom(seed);
    double[] means = new double[DRAWS];
    for (int draw = 0; draw < DRAWS; draw++) {
      for (int i = 0; i < n; i++) {
        int which = random.nextInt(n);
        means[draw] += (ours[which] - theirs[which]) / n;
      }
    }
    Sample sample = Sample.of(means);
    return new PairedBootstrap(mean, sample.quantile(0.025), sample.quantile(0.975));
  }

  String text() {
    return "%+.3f [%+.3f, %+.3f]".formatted(mean, low, high);
  }
}
