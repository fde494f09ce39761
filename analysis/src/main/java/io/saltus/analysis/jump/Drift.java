package io.saltus.analysis.jump;

/**
 * What a metric does without a jump: a + b·stepᶜ, c in [−2, 0.5], with b·log step at c = 0. The
 * exponent is one of 41, so that a fit is some dot products with stored vectors.
 */
final class Drift {

  static final int EXPONENTS = 41;
  private static final double GREATEST = 0.5;
  private static final double STEP = 0.0625;
  private static final int STRIDE = 4;

  private final double[] weights;

  /** Per exponent, the power of the step: mean 0, length 1, by the weights. */
  final double[][] basis;

  Drift(double[] x, double[] weights) {
    this.weights = weights;
    this.basis = new double[EXPONENTS][];
    for (int k = 0; k < EXPONENTS; k++) {
      double exponent = GREATEST - k * STEP;
      double[] vector = new double[x.length];
      for (int i = 0; i < x.length; i++) {
        double u = x[i] - x[0];
        vector[i] = exponent == 0 ? u : Math.pow(10, exponent * u);
      }
      centre(vector, weights);
      double length = Math.sqrt(dot(vector, vector, weights));
      for (int i = 0; i < x.length; i++) {
        vector[i] = length == 0 ? 0 : vector[i] / length;
      }
      basis[k] = vector;
    }
  }

  /** Takes the best drift away in place and returns which exponent it had. */
  int remove(double[] values) {
    centre(values, weights);
    int best = 0;
    double most = -1;
    for (int k = 0; k < EXPONENTS; k += STRIDE) {
      double along = Math.abs(dot(values, basis[k], weights));
      if (along > most) {
        most = along;
        best = k;
      }
    }
    int coarse = best;
    for (int k = Math.max(0, coarse - 3); k <= Math.min(EXPONENTS - 1, coarse + 3); k++) {
      double along = k == coarse ? 0 : Math.abs(dot(values, basis[k], weights));
      if (along > most) {
        most = along;
        best = k;
      }
    }
    double along = dot(values, basis[best], weights);
    for (int i = 0; i < values.length; i++) {
      values[i] -= along * basis[best][i];
    }
    return best;
  }

  static double dot(double[] a, double[] b, double[] weights) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += weights[i] * a[i] * b[i];
    }
    return sum;
  }

  /** The weights sum to 1. */
  private static void centre(double[] values, double[] weights) {
    double mean = 0;
    for (int i = 0; i < values.length; i++) {
      mean += weights[i] * values[i];
    }
    for (int i = 0; i < values.length; i++) {
      values[i] -= mean;
    }
  }
}
