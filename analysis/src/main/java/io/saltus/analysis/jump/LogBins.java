package io.saltus.analysis.jump;

import java.util.Arrays;

/**
 * A series on the logarithm of its steps: at most 1,000 cells of equal width, of each the mean of
 * what is in it. Step 0 has no logarithm and is left out.
 *
 * <p>Weights are shares of the axis, so that a fit sees every decade alike however many evaluations
 * it has; none more than a hundredth of all, lest the first few steps decide everything.
 */
final class LogBins {

  static final int MOST = 1_000;
  private static final double GREATEST_SHARE = 0.01;

  /** Of each cell: the mean logarithm of the steps, the mean scaled value, observations, weight. */
  final double[] x;

  final double[] y;
  final int[] counts;
  final double[] weights;

  /** All finite observations with a step of at least 1: scaled, and in which cell each is. */
  final double[] raw;

  final double[] rawX;
  final int[] cell;

  /** The least difference of two values; 0 when all are equal. */
  final double quantum;

  private LogBins(double[] rawX, double[] raw) {
    this.rawX = rawX;
    this.raw = raw;
    this.quantum = Robust.quantum(raw);
    this.cell = new int[raw.length];
    int n = raw.length;
    double[] sumX = new double[MOST];
    double[] sumY = new double[MOST];
    int[] number = new int[MOST];
    int used = n == 0 ? 0 : fill(sumX, sumY, number);
    x = Arrays.copyOf(sumX, used);
    y = Arrays.copyOf(sumY, used);
    counts = Arrays.copyOf(number, used);
    for (int i = 0; i < used; i++) {
      x[i] /= counts[i];
      y[i] /= counts[i];
    }
    weights = shares(x);
  }

  static LogBins of(MetricSeries series) {
    int n = series.steps().length;
    double[] xs = new double[n];
    double[] ys = new double[n];
    int used = 0;
    for (int i = 0; i < n; i++) {
      double value = series.values()[i];
      if (Double.isFinite(value) && series.steps()[i] >= 1) {
        xs[used] = Math.log10(series.steps()[i]);
        ys[used++] = series.kind().scaled(value);
      }
    }
    return new LogBins(Arrays.copyOf(xs, used), Arrays.copyOf(ys, used));
  }

  int size() {
    return x.length;
  }

  /** How many equal weights would leave as much: one over their squares (L. Kish, 1965). */
  double worth() {
    return 1 / Arrays.stream(weights).map(weight -> weight * weight).sum();
  }

  /** The gap between neighbouring evaluations around a place, in decades. */
  double spacing(double place) {
    int i = Arrays.binarySearch(rawX, place);
    int after = Math.min(rawX.length - 1, i >= 0 ? i + 1 : -i - 1);
    return after < 1 ? 0 : rawX[after] - rawX[after - 1];
  }

  /**
   * The place of the evaluation that comes so many before a place; the first where there are fewer.
   */
  double before(double place, int evaluations) {
    int i = Arrays.binarySearch(rawX, place);
    int first = i >= 0 ? i : -i - 1;
    return rawX[Math.max(0, first - evaluations)];
  }

  /**
   * The place of the evaluation that comes so many after a place; the last where there are fewer.
   */
  double after(double place, int evaluations) {
    int i = Arrays.binarySearch(rawX, place);
    int last = i >= 0 ? i : -i - 2;
    return rawX[Math.min(rawX.length - 1, last + evaluations)];
  }

  /** How many evaluations lie from one place to another, both included. */
  int evaluations(double from, double to) {
    int count = 0;
    for (int i = 0; i < x.length; i++) {
      count += x[i] >= from && x[i] <= to ? counts[i] : 0;
    }
    return count;
  }

  private int fill(double[] sumX, double[] sumY, int[] number) {
    int n = raw.length;
    double first = rawX[0];
    double width = (rawX[n - 1] - first) / MOST;
    int used = 0;
    int current = -1;
    for (int i = 0; i < n; i++) {
      int place = width == 0 ? 0 : Math.min(MOST - 1, (int) ((rawX[i] - first) / width));
      if (n <= MOST) {
        place = i;
      }
      if (place != current) {
        current = place;
        used++;
      }
      cell[i] = used - 1;
      sumX[used - 1] += rawX[i];
      sumY[used - 1] += raw[i];
      number[used - 1]++;
    }
    return used;
  }

  private static double[] shares(double[] x) {
    int n = x.length;
    double[] shares = new double[n];
    if (n < 2) {
      Arrays.fill(shares, 1);
      return shares;
    }
    double span = x[n - 1] - x[0];
    double most = Math.max(2.0 / n, GREATEST_SHARE);
    double total = 0;
    for (int i = 0; i < n; i++) {
      double share = (x[Math.min(n - 1, i + 1)] - x[Math.max(0, i - 1)]) / 2 / span;
      shares[i] = Math.min(most, share);
      total += shares[i];
    }
    for (int i = 0; i < n; i++) {
      shares[i] /= total;
    }
    return shares;
  }
}
