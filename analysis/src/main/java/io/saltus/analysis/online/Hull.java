package io.saltus.analysis.online;

import java.util.Arrays;

/**
 * The lower convex hull of points whose abscissae ascend, built from the left (A. Andrew,
 * Information Processing Letters 9, 1979): constant time per point on average. Points on a line
 * between two vertices are none.
 */
final class Hull {

  private long[] at = new long[32];
  private double[] sum = new double[32];
  private int size;

  Hull() {
    clear();
  }

  /** Leaves only the origin. */
  void clear() {
    at[0] = 0;
    sum[0] = 0;
    size = 1;
  }

  /** Adds a point on the right. */
  void add(long abscissa, double ordinate) {
    while (size > 1 && !turnsLeft(abscissa, ordinate)) {
      size--;
    }
    if (size == at.length) {
      at = Arrays.copyOf(at, 2 * size);
      sum = Arrays.copyOf(sum, 2 * size);
    }
    at[size] = abscissa;
    sum[size++] = ordinate;
  }

  private boolean turnsLeft(long abscissa, double ordinate) {
    double before = (sum[size - 1] - sum[size - 2]) * (double) (abscissa - at[size - 1]);
    double after = (ordinate - sum[size - 1]) * (double) (at[size - 1] - at[size - 2]);
    return after > before;
  }

  /**
   * The vertex right of the origin, and left of {@code n}, at which D²/(τ(n − τ)) is largest, D
   * being how far the vertex lies below the line from the origin to (n, slope·n); the first of
   * equal ones, 0 when none lies below.
   */
  int steepest(long n, double slope) {
    int best = 0;
    double bestSquare = 0;
    double bestSpread = 1;
    for (int i = 1; i < size; i++) {
      double tau = at[i];
      double below = tau * slope - sum[i];
      double square = below * below;
      double spread = tau * (n - tau);
      if (below > 0 && square * bestSpread > bestSquare * spread) {
        best = i;
        bestSquare = square;
        bestSpread = spread;
      }
    }
    return best;
  }

  long at(int vertex) {
    return at[vertex];
  }

  double sum(int vertex) {
    return sum[vertex];
  }

  int size() {
    return size;
  }

  Hull copy() {
    Hull copy = new Hull();
    copy.at = at.clone();
    copy.sum = sum.clone();
    copy.size = size;
    return copy;
  }

  boolean isSameAs(Hull other) {
    return Arrays.equals(at, 0, size, other.at, 0, other.size)
        && Arrays.equals(sum, 0, size, other.sum, 0, other.size);
  }
}
