package io.saltus.analysis.jump;

import java.util.ArrayList;
import java.util.List;

/**
 * The rises from 0 to 1 that are looked for: at places between two cells, a sixteenth of a width
 * apart where cells are that close, of several widths, 10–90 % in decades. Each is the mean of two
 * straight ramps that together are within 3 % of a logistic, so that its product with any series is
 * a few lookups in prefix sums. All rises against one series of n cells cost n times the number of
 * widths.
 */
final class Rises {

  /** A logistic of unit scale is .58·ramp(3.5) + .42·ramp(8.6), and 4.394 wide. */
  private static final double INNER = 3.5 / 4.394;

  private static final double OUTER = 8.6 / 4.394;
  private static final double INNER_SHARE = 0.58;

  /** Places are at least so many widths apart. */
  private static final double APART = 1.0 / 16;

  private static final double[] SHIFTS = {-INNER / 2, INNER / 2, -OUTER / 2, OUTER / 2};
  static final int LEAST_SIDE = 3;

  final double[] x;
  final double[] weights;
  final double[] places;
  final double[] widths;

  /** Per rise, its weighted sum of squares. */
  final double[] squares;

  /** Per rise, the first cell beyond the beginning and the end of each ramp. */
  private final int[][] bounds = new int[4][];

  Rises(double[] x, double[] weights, double[] widths) {
    this.x = x;
    this.weights = weights;
    List<double[]> all = new ArrayList<>();
    for (double width : widths) {
      double last = Double.NEGATIVE_INFINITY;
      for (int i = LEAST_SIDE; i <= x.length - LEAST_SIDE; i++) {
        double place = (x[i - 1] + x[i]) / 2;
        if (place - last >= width * APART) {
          all.add(new double[] {place, width});
          last = place;
        }
      }
    }
    places = all.stream().mapToDouble(rise -> rise[0]).toArray();
    this.widths = all.stream().mapToDouble(rise -> rise[1]).toArray();
    for (int k = 0; k < bounds.length; k++) {
      bounds[k] = bounds(SHIFTS[k]);
    }
    squares = new double[places.length];
    double[] rise = new double[x.length];
    for (int k = 0; k < squares.length; k++) {
      fill(k, rise);
      squares[k] = Drift.dot(rise, rise, weights);
    }
  }

  int size() {
    return places.length;
  }

  /** The logistic that a rise stands for, at all cells: it has no corners. */
  void logistic(int rise, double[] into) {
    if (widths[rise] == 0) {
      fill(rise, into);
      return;
    }
    double scale = widths[rise] / 4.394;
    for (int i = 0; i < x.length; i++) {
      into[i] = 1 / (1 + Math.exp((places[rise] - x[i]) / scale));
    }
  }

  /** How a logistic changes with its place and with its width, up to a factor. */
  List<double[]> derivatives(int rise, double[] logistic) {
    double[] place = new double[x.length];
    double[] width = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      place[i] = logistic[i] * (1 - logistic[i]);
      width[i] = place[i] * (x[i] - places[rise]);
    }
    return List.of(place, width);
  }

  /** The values of a rise at all cells. */
  void fill(int rise, double[] into) {
    for (int i = 0; i < x.length; i++) {
      double u = x[i] - places[rise];
      into[i] =
          INNER_SHARE * ramp(u, INNER * widths[rise])
              + (1 - INNER_SHARE) * ramp(u, OUTER * widths[rise]);
    }
  }

  /**
   * The weighted products of all rises with a series.
   *
   * @param sums room for two arrays that are one longer than the series
   */
  void products(double[] series, double[][] sums, double[] into) {
    double[] plain = sums[0];
    double[] times = sums[1];
    for (int i = 0; i < x.length; i++) {
      double value = weights[i] * series[i];
      plain[i + 1] = plain[i] + value;
      times[i + 1] = times[i] + value * x[i];
    }
    int n = x.length;
    for (int k = 0; k < places.length; k++) {
      double width = widths[k];
      if (width == 0) {
        into[k] = plain[n] - plain[bounds[0][k]];
      } else {
        double inner = ramp(plain, times, bounds[0][k], bounds[1][k], places[k], INNER * width);
        double outer = ramp(plain, times, bounds[2][k], bounds[3][k], places[k], OUTER * width);
        into[k] = INNER_SHARE * inner + (1 - INNER_SHARE) * outer;
      }
    }
  }

  /**
   * The products with pulses of so many cells, one for every cell at which it can begin, after
   * those with the rises, whose sums are used.
   */
  void pulses(double[][] sums, int cells, double[] into, int offset) {
    double[] plain = sums[0];
    for (int i = 0; i + cells <= x.length; i++) {
      into[offset + i] = plain[i + cells] - plain[i];
    }
  }

  private double ramp(
      double[] plain, double[] times, int from, int until, double place, double width) {
    double begin = place - width / 2;
    double inside = times[until] - times[from] - begin * (plain[until] - plain[from]);
    return inside / width + plain[x.length] - plain[until];
  }

  private static double ramp(double u, double width) {
    return width == 0 ? (u > 0 ? 1 : 0) : Math.min(1, Math.max(0, u / width + 0.5));
  }

  /** Of each rise the first cell beyond a place, so many widths from its middle. */
  private int[] bounds(double shift) {
    int[] result = new int[places.length];
    int cell = 0;
    for (int k = 0; k < places.length; k++) {
      double bound = places[k] + shift * widths[k];
      if (k > 0 && widths[k] != widths[k - 1]) {
        cell = 0;
      }
      while (cell < x.length && x[cell] <= bound) {
        cell++;
      }
      result[k] = cell;
    }
    return result;
  }
}
