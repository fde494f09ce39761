package io.saltus.analysis.jump;

import java.util.Arrays;

/**
 * What is compared between a series and its replicates: the greatest score over all places and
 * widths, over what the noise of that same series does to rises. Everything in it is fitted anew
 * for each series that it is asked of: the drift, the rises when there are some, the misfit, and
 * the deviation and correlation of the noise about all that.
 *
 * <p>First, cells that stand out from the median of their neighbours by more than {@value #CUT}
 * deviations are drawn to there: with heavy tails the greatest of few single evaluations is no
 * matter for a bootstrap (P. Bickel, D. Freedman, Annals of Statistics 9, 1981), and would decide
 * the test. A change, or a spike that is wider than {@value #NEIGHBOURS} cells, is left as it is.
 */
final class Statistic {

  private static final int NEIGHBOURS = 4;
  private static final double CUT = 3;

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
  double of(double[] series, Search.Bench bench) {
    double[] y = withoutOutliers(series);
    System.arraycopy(y, 0, bench.values, 0, y.length);
    bench.look();
    double greatest = bench.greatestScore();
    if (greatest < Composition.LEAST_SCORE) {
      return greatest / unit(bench.values);
    }
    return greatest / unit(y, new Composition(search, bins, y, noise, range).fitted());
  }

  /** In what scores count, when this is the fit. */
  double unit(double[] y, double[] fitted) {
    double[] residuals = new double[y.length];
    for (int i = 0; i < y.length; i++) {
      residuals[i] = y[i] - fitted[i];
    }
    return unit(residuals);
  }

  private double[] withoutOutliers(double[] series) {
    double[] result = series.clone();
    double[] near = new double[2 * NEIGHBOURS + 1];
    for (int i = NEIGHBOURS; i < series.length - NEIGHBOURS; i++) {
      System.arraycopy(series, i - NEIGHBOURS, near, 0, near.length);
      Arrays.sort(near);
      double reach = CUT * noise.ofCell(i);
      double middle = near[NEIGHBOURS];
      result[i] = Math.max(middle - reach, Math.min(middle + reach, series[i]));
    }
    return result;
  }

  private double unit(double[] residuals) {
    return spread.of(misfit.removed(residuals));
  }
}
