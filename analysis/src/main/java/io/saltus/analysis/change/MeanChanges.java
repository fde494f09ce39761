package io.saltus.analysis.change;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Changes of the mean: the segmentation with the least sum of squared errors plus a penalty per
 * change, or the least sum of squares with a given number of changes. Exact, whatever the signal.
 *
 * <p>How: functional pruning, for a penalty as FPOP [1, §3.2] and for a given number of changes as
 * the pruned segment neighbourhood [2]; see {@link PiecewiseMinimum}. With a least length a segment
 * is only completed by so many observations at once, and a candidate enters that much later.
 *
 * <p>Why functional pruning: it discards candidates on every signal, also on drifts and constants,
 * where the inequality of PELT [3] discards none. The penalty must be the same for each change: one
 * that depends on the segments' lengths, as that of the modified BIC, may not be used with it.
 *
 * <p>Cost: about n log n time on usual signals, n² at worst; memory of 8 bytes per observation with
 * a penalty, of 4 per observation and change for a given number of changes.
 *
 * <p>[1] R. Maidstone, T. Hocking, G. Rigaill, P. Fearnhead, "On optimal multiple changepoint
 * algorithms for large data", Statistics and Computing 27 (2017). [2] G. Rigaill, "A pruned dynamic
 * programming algorithm to recover the best segmentations with 1 to K_max change-points", Journal
 * de la SFdS 156 (2015). [3] R. Killick, P. Fearnhead, I. Eckley, "Optimal detection of
 * changepoints with a linear computational cost", JASA 107 (2012).
 */
public final class MeanChanges {

  private static final double[] NO_WEIGHTS = {};

  /** A last change per observation and level: half a gigabyte. */
  private static final long MOST_REMEMBERED = 1L << 27;

  private final double[] values;
  private final double[] weights;
  private final int minLength;

  /** Is subtracted from every value, so that a high level costs no digits. */
  private final double centre;

  private MeanChanges(double[] values, double[] weights, int minLength) {
    this.values = values;
    this.weights = weights;
    this.minLength = minLength;
    this.centre = Observations.mean(values);
  }

  /**
   * The changes of a series whose observations count the same.
   *
   * @param values at least one, all finite; not copied, and not to change while this is used
   * @param minLength the least length of a segment, from 1; a series that is shorter is one segment
   * @throws IllegalArgumentException when a value is not finite or a number is out of its range
   */
  public static MeanChanges of(double[] values, int minLength) {
    return of(values, NO_WEIGHTS, minLength);
  }

  /**
   * The changes of a series whose observations count differently, such as by their share of an
   * uneven grid of steps.
   *
   * @param weights one per value, above 0 and finite
   * @throws IllegalArgumentException as above
   */
  public static MeanChanges of(double[] values, double[] weights, int minLength) {
    double range = Observations.check(values);
    Observations.checkLength(minLength);
    if (weights.length != 0 && weights.length != values.length) {
      throw new IllegalArgumentException(
          weights.length + " weights for " + values.length + " observations");
    }
    double total = 0;
    for (int i = 0; i < weights.length; i++) {
      if (!(weights[i] > 0 && weights[i] < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException("the weight of observation " + i + " is " + weights[i]);
      }
      total += weights[i];
    }
    if (!Double.isFinite(total * range * range)) {
      throw new IllegalArgumentException(
          "weights of %s in all, for differences of up to %s, are too large: scale them"
              .formatted(total, range));
    }
    return new MeanChanges(values, weights, minLength);
  }

  /**
   * The segmentation whose squared errors plus penalties are least. Of several, the one with the
   * fewest changes, then with the earliest last one.
   *
   * @param penalty of each change, at least 0 and finite
   */
  public Segmentation penalised(double penalty) {
    Observations.checkPenalty(penalty);
    int n = values.length;
    int[] last = new int[n + 1];
    int[] changes = new int[n + 1];
    // The costs of the observations that are complete, but not yet old enough to begin a segment.
    double[] recent = new double[Math.min(minLength, n)];
    PiecewiseMinimum open = new PiecewiseMinimum();
    Window window = new Window();
    int at = 0;
    for (int end = Math.min(minLength, n); end <= n; end++) {
      int begin = end - Math.min(minLength, n);
      if (begin == 0) {
        open.enter(0, 0, 0);
      } else {
        open.add(value(begin - 1), weight(begin - 1));
        if (begin >= minLength) {
          open.enter(recent[at] + penalty, begin, changes[begin] + 1);
        }
      }
      window.fill(begin, end);
      open.minimise(window.weight, window.mean, window.squares);
      last[end] = open.bestCandidate();
      changes[end] = open.bestChanges();
      recent[at] = open.best();
      at = (at + 1) % recent.length;
    }
    return Traceback.segmentation(new Window(), Traceback.changePoints(last), penalty);
  }

  /**
   * The segmentation with a given number of changes whose squared errors are least; of several, the
   * one with the earliest last change.
   *
   * @param count of changes, from 0; at most such that every segment has its least length
   * @throws IllegalArgumentException when there cannot be so many, or observations times changes
   *     are more than 2²⁷
   */
  public Segmentation best(int count) {
    int n = values.length;
    if (count == 0) {
      return Traceback.segmentation(new Window(), List.of(), 0);
    }
    if (count < 0 || (count + 1L) * minLength > n) {
      throw new IllegalArgumentException(
          "%d changes need %d observations, and there are %d"
              .formatted(count, (count + 1L) * minLength, n));
    }
    if ((count + 1L) * (n + 1L) > MOST_REMEMBERED) {
      throw new IllegalArgumentException(
          "%d changes of %d observations do not fit into memory: choose by a penalty"
              .formatted(count, n));
    }
    List<int[]> last = new ArrayList<>();
    double[] before = new double[n + 1];
    Arrays.fill(before, Double.POSITIVE_INFINITY);
    before[0] = 0;
    for (int level = 0; level <= count; level++) {
      before = level(before, level, last);
    }
    return Traceback.segmentation(new Window(), Traceback.changePoints(last), 0);
  }

  /** The least costs of all beginnings of the series with one change more than before. */
  private double[] level(double[] before, int level, List<int[]> last) {
    int n = values.length;
    double[] costs = new double[n + 1];
    int[] from = new int[n + 1];
    Arrays.fill(costs, Double.POSITIVE_INFINITY);
    PiecewiseMinimum open = new PiecewiseMinimum();
    Window window = new Window();
    for (int end = minLength; end <= n; end++) {
      int begin = end - minLength;
      if (begin > 0) {
        open.add(value(begin - 1), weight(begin - 1));
      }
      if (before[begin] < Double.POSITIVE_INFINITY) {
        open.enter(before[begin], begin, level);
      }
      window.fill(begin, end);
      if (open.pieces() > 0) {
        open.minimise(window.weight, window.mean, window.squares);
        costs[end] = open.best();
        from[end] = open.bestCandidate();
      }
    }
    last.add(from);
    return costs;
  }

  private double squares(int from, int until) {
    double weight = 0;
    double sum = 0;
    for (int i = from; i < until; i++) {
      weight += weight(i);
      sum += weight(i) * value(i);
    }
    double mean = sum / weight;
    double squares = 0;
    for (int i = from; i < until; i++) {
      squares += weight(i) * (value(i) - mean) * (value(i) - mean);
    }
    return squares;
  }

  private double value(int position) {
    return values[position] - centre;
  }

  private double weight(int position) {
    return weights.length == 0 ? 1 : weights[position];
  }

  /** Weight, mean and squares about the mean of some observations. */
  private final class Window implements SegmentCost {

    private double weight;
    private double mean;
    private double squares;

    @Override
    public int size() {
      return values.length;
    }

    @Override
    public double of(int from, int until) {
      // In two passes, which round less than one.
      return squares(from, until);
    }

    void fill(int from, int until) {
      weight = 0;
      mean = 0;
      squares = 0;
      for (int i = from; i < until; i++) {
        double its = weight(i);
        double part = its / (weight + its);
        double delta = value(i) - mean;
        mean += delta * part;
        squares += delta * delta * weight * part;
        weight += its;
      }
    }
  }
}
