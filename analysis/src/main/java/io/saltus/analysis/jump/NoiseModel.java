package io.saltus.analysis.jump;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * The noise of a series: of single observations an AR(1) process of a deviation that changes
 * slowly, so that the deviation of the mean of each cell, and the correlation of neighbouring
 * cells, follow from how many observations they hold; what that leaves, an {@link Autoregression}
 * between cells. Estimates are taken from residuals cut at four robust deviations. What is left
 * then, the innovations, is not taken to be normal: it is drawn from what was seen, in blocks.
 */
final class NoiseModel {

  private static final double CUT = 4;
  private static final int FITTED_NOISES = 60;

  /** Of single observations: deviation, and correlation of neighbours. */
  final double deviation;

  final double ar1;

  /**
   * How many independent observations would have a mean as certain as the series has, by this
   * model: the number of observations over the sum of their autocorrelations (G. Bayley, J.
   * Hammersley, Suppl. J. R. Statist. Soc. 8, 1946), which is (1 + φ)/(1 − φ) for an AR(1) process,
   * times what there is between cells.
   */
  final double effective;

  final int block;

  /** Deviation of single observations at each cell. */
  final double[] single;

  private final CellMeans means;
  private final double[] between;
  private final double[] innovations;

  /**
   * @param fit at the cells
   * @param calm whether a cell is apart from every sudden change: what a fit leaves of those is no
   *     innovation, and would put changes into what is simulated
   * @param parameters that were fitted, which bias the correlation towards 0
   * @param unfitted what a fit leaves of a series at the cells, where that is noise alone
   */
  NoiseModel(
      LogBins bins,
      double[] fit,
      boolean[] calm,
      int parameters,
      double floor,
      UnaryOperator<double[]> unfitted) {
    double[] residuals = residuals(bins, fit);
    int n = residuals.length;
    double first = Math.min(CellMeans.GREATEST, Math.max(0, lagOne(residuals)));
    double[] local = LocalScale.of(bins, residuals, first, floor);
    double biased = lagOne(standardised(bins, residuals, local));
    double shift = (parameters + (parameters + 2) * Math.max(0, biased)) / n;
    ar1 = Math.min(CellMeans.GREATEST, Math.max(0, biased + (biased > 0 ? shift : 0)));
    deviation =
        Math.max(floor, Math.sqrt(meanSquare(residuals) * n / Math.max(1.0, n - parameters)));
    int cells = bins.size();
    single = local;
    means = new CellMeans(bins.counts, ar1);
    double[] whitened = bins.y.clone();
    for (int i = 0; i < cells; i++) {
      whitened[i] -= fit[i];
    }
    whiten(whitened);
    between =
        Autoregression.of(
            Autoregression.covariances(
                cut(whitened, CUT * Math.max(1e-9, Robust.deviation(whitened)))),
            cells,
            ofFittedNoise(unfitted));
    double[] filtered = filter(whitened);
    effective = Math.min(n, worth(n) / remembered(between, filtered, whitened));
    innovations =
        IntStream.range(0, cells).filter(i -> calm[i]).mapToDouble(i -> filtered[i]).toArray();
    normalise(innovations, (double) cells / Math.max(cells / 2.0, cells - parameters));
    block = Math.max(2, (int) Math.ceil(Math.cbrt(cells)));
  }

  /** Normal noise of a given deviation and correlation, for a first look. */
  NoiseModel(LogBins bins, double deviation, double ar1) {
    this.deviation = deviation;
    this.ar1 = Math.min(CellMeans.GREATEST, ar1);
    this.effective = bins.raw.length * (1 - ar1) / (1 + ar1);
    this.block = 1;
    this.means = new CellMeans(bins.counts, this.ar1);
    this.single = new double[bins.size()];
    Arrays.fill(single, deviation);
    this.between = new double[0];
    this.innovations = new double[bins.size()];
    SplittableRandom random = new SplittableRandom(0);
    for (int i = 0; i < innovations.length; i++) {
      innovations[i] = random.nextGaussian();
    }
  }

  /** How many independent observations have as certain a mean as so many successive ones. */
  double worth(int observations) {
    return observations * (1 - ar1) / (1 + ar1);
  }

  /** Long-run deviation of the mean of so many observations. */
  double ofMean(int observations) {
    return deviation / Math.sqrt(Math.max(1, worth(observations)));
  }

  /** How a cell's mean scatters. */
  double ofCell(int cell) {
    return single[cell] * means.deviations[cell];
  }

  /** Fills an array with simulated noise, one value per cell. */
  void simulate(SplittableRandom random, double[] into) {
    int n = into.length;
    int at = 0;
    int left = 0;
    for (int i = -50; i < n; i++) {
      if (left == 0) {
        at = random.nextInt(innovations.length);
        left = block;
      }
      double value = random.nextBoolean() ? innovations[at] : -innovations[at];
      at = at + 1 == innovations.length ? 0 : at + 1;
      left--;
      if (i >= 0) {
        for (int k = 0; k < between.length && k < i; k++) {
          value += between[k] * into[i - 1 - k];
        }
        into[i] = value;
      }
    }
    colour(into);
  }

  /** Gives innovations the memory and the deviation that cells have. */
  private void colour(double[] innovations) {
    means.colour(innovations);
    for (int i = 0; i < innovations.length; i++) {
      innovations[i] *= single[i];
    }
  }

  /** The inverse of {@link #colour}. */
  private void whiten(double[] noise) {
    for (int i = 0; i < noise.length; i++) {
      noise[i] /= single[i];
    }
    means.whiten(noise);
  }

  /**
   * What whitened residuals look like where nothing but AR(1) noise was there to be fitted: their
   * mean autocovariances in some simulations. A fit that follows the noise leaves what returns
   * sooner than noise does.
   */
  private double[] ofFittedNoise(UnaryOperator<double[]> unfitted) {
    double[] mean = new double[Autoregression.ORDER + 1];
    SplittableRandom random = new SplittableRandom(0);
    for (int b = 0; b < FITTED_NOISES; b++) {
      double[] noise = new double[single.length];
      for (int i = 0; i < noise.length; i++) {
        noise[i] = random.nextGaussian();
      }
      colour(noise);
      double[] left = unfitted.apply(noise);
      whiten(left);
      double[] covariances = Autoregression.covariances(left);
      for (int lag = 0; lag < mean.length; lag++) {
        mean[lag] += covariances[lag] / FITTED_NOISES;
      }
    }
    return mean;
  }

  /** Observations minus the fit, on straight lines between the cells. */
  static double[] residuals(LogBins bins, double[] fit) {
    double[] residuals = new double[bins.raw.length];
    int last = bins.size() - 1;
    for (int i = 0; i < residuals.length; i++) {
      int cell = bins.cell[i];
      double u = bins.rawX[i] - bins.x[cell];
      int other = u < 0 ? Math.max(0, cell - 1) : Math.min(last, cell + 1);
      double gap = bins.x[other] - bins.x[cell];
      double slope = gap == 0 ? 0 : (fit[other] - fit[cell]) / gap;
      residuals[i] = bins.raw[i] - fit[cell] - slope * u;
    }
    return residuals;
  }

  private static double[] standardised(LogBins bins, double[] residuals, double[] local) {
    double[] result = new double[residuals.length];
    for (int i = 0; i < result.length; i++) {
      result[i] = residuals[i] / local[bins.cell[i]];
    }
    return cut(result, CUT);
  }

  /**
   * Long-run variance over variance of what the AR(1) process of single observations leaves between
   * the cells.
   */
  private static double remembered(double[] between, double[] innovations, double[] whitened) {
    double left = 1 - Arrays.stream(between).sum();
    double share = meanSquare(innovations) / Math.max(1e-300, meanSquare(whitened));
    return Math.min(1, share) / Math.max(1e-6, left * left);
  }

  private double[] filter(double[] values) {
    double[] result = values.clone();
    for (int i = 0; i < values.length; i++) {
      for (int k = 0; k < between.length && k < i; k++) {
        result[i] -= between[k] * values[i - 1 - k];
      }
    }
    return result;
  }

  private static void normalise(double[] values, double inflation) {
    double mean = Arrays.stream(values).average().orElse(0);
    double factor = Math.sqrt(inflation);
    for (int i = 0; i < values.length; i++) {
      values[i] = (values[i] - mean) * factor;
    }
  }

  private static double lagOne(double[] values) {
    double product = 0;
    double square = 0;
    for (int i = 1; i < values.length; i++) {
      product += values[i] * values[i - 1];
      square += values[i] * values[i];
    }
    return square == 0 ? 0 : product / square;
  }

  private static double meanSquare(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value * value;
    }
    return values.length == 0 ? 0 : sum / values.length;
  }

  private static double[] cut(double[] values, double most) {
    double[] result = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      result[i] = Math.max(-most, Math.min(most, values[i]));
    }
    return result;
  }
}
