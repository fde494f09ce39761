package io.saltus.analysis.jump;

/**
 * How much noise moves rises, by the residuals of the cells alone: deviation and correlation of
 * AR(1) noise by maximum likelihood, and what the two together do to a rise. It is estimated anew,
 * in the same way, in the series and in each replicate, so that the error of the estimate is in the
 * distribution of the scores as it is in the score (a studentised bootstrap: P. Hall, "The
 * Bootstrap and Edgeworth Expansion", 1992). How the deviation changes along the run is taken as
 * given.
 */
final class Spread {

  private static final int GRID = 17;
  private static final double STEP = 0.18;
  private static final double CUT = 4;
  private static final int SAMPLE = 97;

  private final double[] most;
  private final double[] single;
  private final CellMeans[] means = new CellMeans[GRID];
  private final double[] logs = new double[GRID];
  private final double[] effect = new double[GRID];
  private final int start;
  private final int cells;

  /**
   * @param exponent of the drift that is taken away
   */
  Spread(LogBins bins, NoiseModel noise, Search search, int exponent) {
    cells = bins.size();
    most = new double[cells];
    for (int i = 0; i < cells; i++) {
      most[i] = CUT * noise.ofCell(i);
    }
    single = noise.single;
    double[][] rises = sample(search, exponent);
    for (double[] rise : rises) {
      for (int i = 0; i < cells; i++) {
        rise[i] *= single[i];
      }
    }
    for (int g = 0; g < GRID; g++) {
      means[g] = new CellMeans(bins.counts, Math.tanh(g * STEP));
      logs[g] = means[g].logDeterminant();
      for (double[] rise : rises) {
        effect[g] += Math.log(means[g].ofSum(rise)) / rises.length;
      }
    }
    double own = Math.min(GRID - 1.0, 0.5 * Math.log((1 + noise.ar1) / (1 - noise.ar1)) / STEP);
    start = Math.min(GRID - 2, (int) own);
    double part = own - start;
    double here = (1 - part) * effect[start] + part * effect[start + 1];
    for (int g = 0; g < GRID; g++) {
      effect[g] -= here;
    }
  }

  /** How far noise moves rises, as a multiple of what the given noise does. */
  double of(double[] residuals) {
    double[] cut = new double[cells];
    for (int i = 0; i < cells; i++) {
      cut[i] = Math.max(-most[i], Math.min(most[i], residuals[i])) / single[i];
    }
    double[] squares = new double[GRID];
    int best = start;
    int direction = cost(cut, best + 1, squares) < cost(cut, best, squares) ? 1 : -1;
    best = direction > 0 ? best + 1 : best;
    while (best + direction >= 0
        && best + direction < GRID
        && cost(cut, best + direction, squares) < cost(cut, best, squares)) {
      best += direction;
    }
    double at = vertex(cut, best, squares);
    int below = Math.min(GRID - 2, (int) at);
    double part = at - below;
    double size =
        (1 - part) * Math.log(square(cut, below, squares))
            + part * Math.log(square(cut, below + 1, squares));
    double moved = (1 - part) * effect[below] + part * effect[below + 1];
    return Math.exp(moved + 0.5 * (size - Math.log(cells)));
  }

  /** Between the places on the grid, by the parabola through three of them. */
  private double vertex(double[] residuals, int best, double[] squares) {
    if (best == 0 || best == GRID - 1) {
      return best;
    }
    double middle = cost(residuals, best, squares);
    double left = cost(residuals, best - 1, squares) - middle;
    double right = cost(residuals, best + 1, squares) - middle;
    return left + right <= 0 ? best : best + 0.5 * (left - right) / (left + right);
  }

  /** Minus the profile likelihood's logarithm. */
  private double cost(double[] residuals, int g, double[] squares) {
    return logs[g] + 0.5 * cells * Math.log(square(residuals, g, squares));
  }

  private double square(double[] residuals, int g, double[] squares) {
    if (squares[g] == 0) {
      squares[g] = 1e-300 + means[g].squares(residuals);
    }
    return squares[g];
  }

  /** Some rises, spread over places and widths, weighted and without what the drift takes. */
  private static double[][] sample(Search search, int exponent) {
    int all = search.rises.size();
    double[][] result = new double[Math.min(all, SAMPLE)][];
    for (int k = 0; k < result.length; k++) {
      result[k] = search.alone((int) ((k + 0.5) * all / result.length), exponent);
    }
    return result;
  }
}
