package io.saltus.analysis.jump;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * The noise of a series: of single observations an AR(1) process of a deviation that changes
 * slowly, so that the deviation of the mean of each cell, and the correlation of neighbouring
 * cells, follow from how many observations they hold; what that leaves, an AR process of order up
 * to 3 between cells. Estimates are taken from residuals cut at four robust deviations. What is
 * left then, the innovations, is not taken to be normal: it is drawn from what was seen, in blocks.
 */
final class NoiseModel {

  private static final double GREATEST = 0.995;
  private static final int ORDER = 3;
  private static final double CUT = 4;

  /** Of single observations: deviation, and correlation of neighbours. */
  final double deviation;

  final double ar1;

  /**
   * How many independent observations the series is worth: by the AR(1) process, or by how far the
   * residuals of the cells remember on the axis that is searched, whichever is more.
   */
  final double effective;

  final int block;

  private final double[] scales;
  private final double[] correlations;
  private final double[] between;
  private final double[] innovations;

  /**
   * @param fit at the cells
   * @param parameters that were fitted, which bias the correlation towards 0
   */
  NoiseModel(LogBins bins, double[] fit, int parameters, double floor) {
    double[] residuals = residuals(bins, fit);
    int n = residuals.length;
    double[] local = LocalScale.of(bins, residuals, floor);
    double biased = lagOne(standardised(bins, residuals, local));
    double shift = (parameters + (parameters + 2) * Math.max(0, biased)) / n;
    ar1 = Math.min(GREATEST, Math.max(0, biased + (biased > 0 ? shift : 0)));
    deviation =
        Math.max(floor, Math.sqrt(meanSquare(residuals) * n / Math.max(1.0, n - parameters)));
    int cells = bins.size();
    scales = local;
    correlations = new double[cells];
    scale(bins.counts);
    effective = Math.max(n * (1 - ar1) / (1 + ar1), pieces(bins.y, fit));
    double[] whitened = whiten(bins.y, fit);
    between = autoregression(cut(whitened, CUT * Math.max(1e-9, Robust.deviation(whitened))));
    innovations = filter(whitened);
    normalise(innovations, (double) cells / Math.max(cells / 2.0, cells - parameters));
    block = Math.max(2, (int) Math.ceil(Math.cbrt(cells)));
  }

  /** Normal noise of a given deviation and correlation, for a first look. */
  NoiseModel(LogBins bins, double deviation, double ar1) {
    this.deviation = deviation;
    this.ar1 = Math.min(GREATEST, ar1);
    this.effective = bins.raw.length * (1 - ar1) / (1 + ar1);
    this.block = 1;
    this.scales = new double[bins.size()];
    this.correlations = new double[bins.size()];
    this.between = new double[0];
    this.innovations = new double[bins.size()];
    Arrays.fill(scales, deviation);
    scale(bins.counts);
    SplittableRandom random = new SplittableRandom(0);
    for (int i = 0; i < innovations.length; i++) {
      innovations[i] = random.nextGaussian();
    }
  }

  /** Long-run deviation of the mean of so many observations. */
  double ofMean(int observations) {
    double n = Math.max(1, observations * (1 - ar1) / (1 + ar1));
    return deviation / Math.sqrt(n);
  }

  /** How a cell's mean scatters. */
  double ofCell(int cell) {
    return scales[cell];
  }

  /** Fills an array with simulated noise, one value per cell. */
  void simulate(SplittableRandom random, double[] into) {
    int n = into.length;
    int at = 0;
    int left = 0;
    for (int i = -50; i < n; i++) {
      if (left == 0) {
        at = random.nextInt(n);
        left = block;
      }
      double value = innovations[at];
      at = at + 1 == n ? 0 : at + 1;
      left--;
      if (i >= 0) {
        for (int k = 0; k < between.length && k < i; k++) {
          value += between[k] * into[i - 1 - k];
        }
        into[i] = value;
      }
    }
    double before = into[0];
    into[0] *= scales[0];
    for (int i = 1; i < n; i++) {
      double rho = correlations[i];
      before = rho * before + Math.sqrt(1 - rho * rho) * into[i];
      into[i] = before * scales[i];
    }
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

  private void scale(int[] counts) {
    double before = 1;
    double whole = 1 / ((1 - ar1) * (1 - ar1));
    for (int i = 0; i < counts.length; i++) {
      double n = counts[i];
      double rest = 1 - Math.pow(ar1, n);
      double variance = (n * (1 + ar1) / (1 - ar1) - 2 * ar1 * rest * whole) / (n * n);
      scales[i] *= Math.sqrt(variance);
      if (i > 0) {
        double m = counts[i - 1];
        double covariance = ar1 * rest * (1 - Math.pow(ar1, m)) * whole / (n * m);
        correlations[i] = Math.min(GREATEST, covariance / Math.sqrt(variance * before));
      }
      before = variance;
    }
  }

  /** Cells over the sum of their autocorrelations, up to the first that is not positive. */
  private double pieces(double[] y, double[] fit) {
    int n = y.length;
    double[] residuals = new double[n];
    for (int i = 0; i < n; i++) {
      residuals[i] = Math.max(-CUT, Math.min(CUT, (y[i] - fit[i]) / scales[i]));
    }
    double square = meanSquare(residuals) * n;
    double memory = 1;
    for (int lag = 1; lag < n / 4; lag++) {
      double sum = 0;
      for (int i = lag; i < n; i++) {
        sum += residuals[i] * residuals[i - lag];
      }
      if (sum <= 0) {
        break;
      }
      memory += 2 * sum / square;
    }
    return n / memory;
  }

  private double[] whiten(double[] y, double[] fit) {
    double[] result = new double[y.length];
    double before = 0;
    for (int i = 0; i < y.length; i++) {
      double now = (y[i] - fit[i]) / scales[i];
      double rho = correlations[i];
      result[i] = (now - rho * before) / Math.sqrt(1 - rho * rho);
      before = now;
    }
    return result;
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

  /** Levinson and Durbin's recursion; the order has the least AIC. */
  private static double[] autoregression(double[] values) {
    int n = values.length;
    double[] covariance = new double[ORDER + 1];
    for (int lag = 0; lag <= ORDER && lag < n; lag++) {
      for (int i = lag; i < n; i++) {
        covariance[lag] += values[i] * values[i - lag] / n;
      }
    }
    double[] current = {};
    double[] best = current;
    double error = covariance[0];
    double least = n * Math.log(Math.max(error, 1e-300));
    for (int order = 1; order <= ORDER && error > 0; order++) {
      double reflection = covariance[order];
      for (int k = 0; k < order - 1; k++) {
        reflection -= current[k] * covariance[order - 1 - k];
      }
      reflection /= error;
      double[] next = Arrays.copyOf(current, order);
      for (int k = 0; k < order - 1; k++) {
        next[k] = current[k] - reflection * current[order - 2 - k];
      }
      next[order - 1] = reflection;
      error *= 1 - reflection * reflection;
      current = next;
      double criterion = n * Math.log(Math.max(error, 1e-300)) + 2 * order;
      if (criterion < least - 2) {
        least = criterion;
        best = current;
      }
    }
    return best;
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
