package io.saltus.analysis.jump;

/**
 * What drift and rises leave that is no noise, because real curves are no power laws and logistics:
 * the residuals smoothed by straight lines over a sixth of a decade (W. S. Cleveland, JASA 74,
 * 1979), where those hold at least a hundred evaluations, far more than noise remembers. Without
 * this a curve without any noise looks like one with little but very persistent noise.
 */
final class Misfit {

  private static final double HALF_WIDTH = 0.08;
  private static final int LEAST_EVALUATIONS = 100;

  /** The fit with its misfit added. */
  final double[] fit;

  /** How many parameters that costs. */
  final int parameters;

  Misfit(LogBins bins, double[] rough) {
    int n = rough.length;
    fit = rough.clone();
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
      if (evaluations >= LEAST_EVALUATIONS && until - from > 5) {
        trace += smooth(bins, rough, i, from, until);
      }
    }
    parameters = (int) Math.ceil(trace);
  }

  /** Adds the line's height at a cell and returns how much of it is the cell's own doing. */
  private double smooth(LogBins bins, double[] rough, int at, int from, int until) {
    double[] s = new double[5];
    for (int i = from; i < until; i++) {
      double u = (bins.x[i] - bins.x[at]) / HALF_WIDTH;
      double tail = 1 - Math.abs(u * u * u);
      double weight = bins.counts[i] * tail * tail * tail;
      double rest = bins.y[i] - rough[i];
      s[0] += weight;
      s[1] += weight * u;
      s[2] += weight * u * u;
      s[3] += weight * rest;
      s[4] += weight * u * rest;
    }
    double determinant = s[0] * s[2] - s[1] * s[1];
    if (determinant <= 1e-9 * s[0] * s[0]) {
      return 0;
    }
    fit[at] += (s[2] * s[3] - s[1] * s[4]) / determinant;
    return bins.counts[at] * s[2] / determinant;
  }
}
