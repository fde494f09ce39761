package io.saltus.analysis.jump;

/**
 * What drift and rises leave that is no noise, because real curves are no power laws and logistics:
 * the residuals smoothed twice by straight lines over a sixth of a decade (W. S. Cleveland, JASA
 * 74, 1979; the second time what the first left: J. W. Tukey's twicing), where those hold at least
 * a hundred evaluations, far more than noise remembers. Without this a curve without any noise
 * looks like one with little but very persistent noise.
 *
 * <p>The smoother is linear and the same for every series on these cells, so its weights are worked
 * out once, some 50 per cell.
 */
final class Misfit {

  private static final double HALF_WIDTH = 0.08;
  private static final int LEAST_EVALUATIONS = 100;
  private static final int LEAST_CELLS = 6;

  /** How many parameters it costs to take it away. */
  final int parameters;

  private final int[] first;
  private final double[][] lines;

  Misfit(LogBins bins) {
    int n = bins.size();
    first = new int[n];
    lines = new double[n][0];
    double trace = 0;
    int from = 0;
    int until = 0;
    int evaluations = 0;
    for (int i = 0; i < n; i++) {
      while (until < n && bins.x[until] <= bins.x[i] + HALF_WIDTH) {
        evaluations += bins.counts[until++];
      }
      while (bins.x[from] < bins.x[i] - HALF_WIDTH) {
        evaluations -= bins.counts[from++];
      }
      if (evaluations >= LEAST_EVALUATIONS && until - from >= LEAST_CELLS) {
        first[i] = from;
        lines[i] = line(bins, i, from, until);
        trace += lines[i].length == 0 ? 0 : lines[i][i - from];
      }
    }
    parameters = (int) Math.ceil(1.5 * trace);
  }

  /** Takes it away from residuals. */
  double[] removed(double[] residuals) {
    return once(once(residuals));
  }

  /** A fit with its misfit added. */
  double[] added(double[] y, double[] fit) {
    double[] rest = new double[y.length];
    for (int i = 0; i < y.length; i++) {
      rest[i] = y[i] - fit[i];
    }
    rest = removed(rest);
    for (int i = 0; i < y.length; i++) {
      rest[i] = y[i] - rest[i];
    }
    return rest;
  }

  private double[] once(double[] values) {
    double[] result = values.clone();
    for (int i = 0; i < result.length; i++) {
      double[] line = lines[i];
      int from = first[i];
      double sum = 0;
      for (int k = 0; k < line.length; k++) {
        sum += line[k] * values[from + k];
      }
      result[i] -= sum;
    }
    return result;
  }

  /** What each value around a cell adds to the height there of the line through them. */
  private static double[] line(LogBins bins, int at, int from, int until) {
    double[] weights = new double[until - from];
    double[] places = new double[until - from];
    double[] s = new double[3];
    for (int k = 0; k < weights.length; k++) {
      double u = (bins.x[from + k] - bins.x[at]) / HALF_WIDTH;
      double tail = 1 - Math.abs(u * u * u);
      places[k] = u;
      weights[k] = bins.counts[from + k] * tail * tail * tail;
      s[0] += weights[k];
      s[1] += weights[k] * u;
      s[2] += weights[k] * u * u;
    }
    double determinant = s[0] * s[2] - s[1] * s[1];
    if (determinant <= 1e-9 * s[0] * s[0]) {
      return new double[0];
    }
    for (int k = 0; k < weights.length; k++) {
      weights[k] *= (s[2] - s[1] * places[k]) / determinant;
    }
    return weights;
  }
}
