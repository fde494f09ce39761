package io.saltus.analysis.jump;

/**
 * F. J. Richards' generalised logistic (J. Exp. Bot. 10, 1959), from {@code before} to {@code
 * before + delta}, on a straight line through its midpoint: half is done at the midpoint, and the
 * shape says on which side it is steeper, 1 on neither.
 */
record Richards(
    double midpoint, double scale, double shape, double before, double delta, double slope) {

  /** The share that is done at a place. */
  static double share(double u, double shape) {
    if (u < -600 / Math.max(1, shape)) {
      return 0;
    }
    double exponential = Math.exp(-u);
    return Math.abs(shape - 1) < 1e-9
        ? 1 / (1 + exponential)
        : Math.pow(1 + (Math.pow(2, shape) - 1) * exponential, -1 / shape);
  }

  double at(double x) {
    return before + slope * (x - midpoint) + delta * share((x - midpoint) / scale, shape);
  }

  /** Where a share is done. */
  double crossing(double share) {
    double ratio = (Math.pow(share, -shape) - 1) / (Math.pow(2, shape) - 1);
    return midpoint - scale * Math.log(ratio);
  }

  double width() {
    return crossing(0.9) - crossing(0.1);
  }
}
