package io.saltus.analysis.jump;

/**
 * What is compared between a series and its replicates: the greatest score over all places and
 * widths, over what the noise of that same series does to rises. Everything in it is fitted anew
 * for each series that it is asked of: the drift, the rises when there are some, the misfit, and
 * the deviation and correlation of the noise about all that.
 */
final class Statistic {

  private final Search search;
  private final LogBins bins;
  private final NoiseModel noise;
  private final double range;
  private final Misfit misfit;
  private final Spread spread;

  Statistic(
      Search search, LogBins bins, NoiseModel noise, double range, Misfit misfit, int exponent) {
    this.search = search;
    this.bins = bins;
    this.noise = noise;
    this.range = range;
    this.misfit = misfit;
    this.spread = new Spread(bins, noise, search, exponent);
  }

  /** Of a series; the bench is room. */
  double of(double[] y, Search.Bench bench) {
    System.arraycopy(y, 0, bench.values, 0, y.length);
    bench.look();
    double greatest = bench.greatestScore();
    if (greatest < Composition.LEAST_SCORE) {
      return greatest / unit(bench.values);
    }
    return greatest / unit(y, new Composition(search, bins, y, noise, range).fitted);
  }

  /** In what scores count, when this is the fit. */
  double unit(double[] y, double[] fitted) {
    double[] residuals = new double[y.length];
    for (int i = 0; i < y.length; i++) {
      residuals[i] = y[i] - fitted[i];
    }
    return unit(residuals);
  }

  private double unit(double[] residuals) {
    return spread.of(misfit.removed(residuals));
  }
}
