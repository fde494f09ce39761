package io.saltus.analysis.jump;

/**
 * What a metric does without a jump: a + b·stepᶜ, c in [−2, 0.5], with b·log step at c = 0. The
 * exponent is the best of 41 and is then corrected to first order, by the derivative of the power
 * in its exponent, so that a fit is some dot products with stored vectors.
 */
final class Drift {

  static final int EXPONENTS = 41;
  private static final double GREATEST = 0.5;
  private static final double STEP = 0.0625;
  private static final int STRIDE = 4;

  private final double[] weights;

  /** Per exponent, the power of the step: mean 0, length 1, by the weights. */
  final double[][] basis = new double[EXPONENTS][];

  /** Per exponent, what the power's derivative adds: mean 0, length 1, orthogonal to the power. */
  final double[][] tangents = new double[EXPONENTS][];

  Drift(double[] x, double[] weights) {
    this.weights = weights;
    for (int k = 0; k < EXPONENTS; k++) {
      double exponent = GREATEST - k * STEP;
      double[] power = new double[x.length];
      double[] tangent = new double[x.length];
      for (int i = 0; i < x.length; i++) {
        double u = x[i] - x[0];
        power[i] = exponent == 0 ? u : Math.pow(10, exponent * u);
        tangent[i] = u * power[i];
      }
      centre(power, weights);
      normalise(power);
      centre(tangent, weights);
      take(tangent, power);
      normalise(tangent);
      basis[k] = power;
      tangents[k] = tangent;
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
    take(values, basis[best]);
    take(values, tangents[best]);
    return best;
  }

  /** A series without its best drift. */
  double[] removed(double[] values) {
    double[] result = values.clone();
    remove(result);
    return result;
  }

  /** Takes away the best drift of one exponent. */
  void remove(double[] values, int exponent) {
    centre(values, weights);
    take(values, basis[exponent]);
    take(values, tangents[exponent]);
  }

  private void take(double[] values, double[] unit) {
    double along = dot(values, unit, weights);
    for (int i = 0; i < values.length; i++) {
      values[i] -= along * unit[i];
    }
  }

  private void normalise(double[] vector) {
    double length = Math.sqrt(dot(vector, vector, weights));
    for (int i = 0; i < vector.length; i++) {
      vector[i] = length < 1e-9 ? 0 : vector[i] / length;
    }
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
