package io.saltus.bench.judge.curves;

/**
 * How single evaluations scatter.
 *
 * @param deviation on the scale on which changes count; without meaning when counted
 * @param ar1 correlation of neighbours
 * @param heavy whether innovations have heavy tails
 * @param evaluated examples behind each value of an accuracy, which is rounded to their number; 0
 *     when it is not rounded
 * @param counted whether each value is drawn as a count of hits among the examples
 */
record Noise(double deviation, double ar1, boolean heavy, int evaluated, boolean counted) {

  static Noise of(double deviation, double ar1) {
    return new Noise(deviation, ar1, false, 0, false);
  }

  static Noise heavy(double deviation, double ar1) {
    return new Noise(deviation, ar1, true, 0, false);
  }

  static Noise rounded(double deviation, double ar1, int evaluated) {
    return new Noise(deviation, ar1, false, evaluated, false);
  }

  static Noise counted(int evaluated) {
    return new Noise(0, 0, false, evaluated, true);
  }

  /** Of a single evaluation where the level is such: also that of rounding and of sampling. */
  double deviationAt(double level) {
    if (evaluated == 0) {
      return deviation;
    }
    double p = Math.max(0, Math.min(1, level));
    double binomial = Math.sqrt(p * (1 - p) / evaluated);
    return Math.max(deviation, Math.max(binomial, 1.0 / evaluated / Math.sqrt(12)));
  }

  /** By how much the deviation of a mean of many is greater than if they were independent. */
  double inflation() {
    return Math.sqrt((1 + ar1) / (1 - ar1));
  }
}
