package io.saltus.bench.judge.curves;

/**
 * One change of a curve.
 *
 * @param midpoint its 50 % crossing, log₁₀ of the step
 * @param width between its 10 and 90 % crossings, in decades
 * @param size level after minus level before
 */
record Rise(Shape shape, double midpoint, double width, double size) {

  double at(double x) {
    return size * shape.at((x - midpoint) / width);
  }

  double onset() {
    return midpoint + width * shape.crossing(0.1);
  }

  double end() {
    return midpoint + width * shape.crossing(0.9);
  }
}
