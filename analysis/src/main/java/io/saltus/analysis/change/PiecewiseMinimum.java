package io.saltus.analysis.change;

/**
 * The least cost of what was observed so far as a function of the mean μ of the segment that is not
 * yet complete: on each piece of the real line one candidate for the last change is best, with the
 * cost constant + Σ wᵢ(yᵢ − μ)² over the observations since that change.
 *
 * <p>This is the heart of functional pruning: R. Maidstone, T. Hocking, G. Rigaill, P. Fearnhead,
 * "On optimal multiple changepoint algorithms for large data", Statistics and Computing 27 (2017),
 * §3.2 (FPOP), and G. Rigaill, "A pruned dynamic programming algorithm to recover the best
 * segmentations with 1 to K_max change-points", Journal de la SFdS 156 (2015). A candidate that is
 * best for no μ can never be best again and is dropped. Each sum of squares is kept as weight, mean
 * and squares about the mean (Welford), so that large levels cost no digits.
 *
 * <p>Cost: time per observation in the number of pieces, which is small unless the signal is built
 * against it; memory in the number of pieces.
 */
final class PiecewiseMinimum {

  /** Costs that differ by less than this, relative to the larger one, are equal: ties. */
  private static final double TIE = 1e-12;

  private int size;
  private double[] upper = new double[16];
  private int[] candidate = new int[16];
  private int[] changes = new int[16];
  private double[] constant = new double[16];
  private double[] weight = new double[16];
  private double[] mean = new double[16];
  private double[] squares = new double[16];

  private double[] nextUpper = new double[16];
  private int[] nextCandidate = new int[16];
  private int[] nextChanges = new int[16];
  private double[] nextConstant = new double[16];
  private double[] nextWeight = new double[16];
  private double[] nextMean = new double[16];
  private double[] nextSquares = new double[16];

  private double best;
  private int bestCandidate;
  private int bestChanges;

  /** How many pieces there are. */
  int pieces() {
    return size;
  }

  /**
   * Lets a segment begin behind the observations so far.
   *
   * @param cost of all observations so far and of the change, finite
   * @param position of the first observation of the segment
   * @param before how many change points that makes
   */
  void enter(double cost, int position, int before) {
    int count = 0;
    double lower = Double.NEGATIVE_INFINITY;
    reserve(2 * size + 2);
    for (int i = 0; i < size; i++) {
      double left = lower;
      double right = upper[i];
      lower = right;
      double least = constant[i] + squares[i];
      double room = cost - least;
      if (room < -TIE * Math.max(Math.abs(cost), Math.abs(least))) {
        count = put(count, right, position, before, cost);
        continue;
      }
      double reach =
          weight[i] == 0 ? Double.POSITIVE_INFINITY : Math.sqrt(Math.max(0, room) / weight[i]);
      double from = Math.max(left, mean[i] - reach);
      double to = Math.min(right, mean[i] + reach);
      // A single point is kept for ties, but where the piece ends its neighbour has the point too.
      if (from > to || (from == to && left < right && (from <= left || to >= right))) {
        count = put(count, right, position, before, cost);
        continue;
      }
      if (from > left) {
        count = put(count, from, position, before, cost);
      }
      count = keep(count, to, i);
      if (to < right) {
        count = put(count, right, position, before, cost);
      }
    }
    if (size == 0) {
      count = put(0, Double.POSITIVE_INFINITY, position, before, cost);
    }
    swap(count);
  }

  /** Adds an observation to the segment that is not yet complete. */
  void add(double value, double itsWeight) {
    for (int i = 0; i < size; i++) {
      addTo(i, value, itsWeight);
    }
  }

  private void addTo(int piece, double value, double itsWeight) {
    double all = weight[piece] + itsWeight;
    double part = itsWeight / all;
    double delta = value - mean[piece];
    // In this form squares cannot fall, and the mean of the first value is that value.
    mean[piece] += delta * part;
    squares[piece] += delta * delta * weight[piece] * part;
    weight[piece] = all;
  }

  /**
   * Adds an observation that costs at most bound²: pieces are cut where it begins to cost that.
   *
   * @param bound above 0
   */
  void addBounded(double value, double bound) {
    double low = value - bound;
    double high = value + bound;
    reserve(size + 2);
    int count = 0;
    double lower = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < size; i++) {
      double right = upper[i];
      if (lower < low && low < right) {
        count = keep(count, low, i);
      }
      if (lower < high && high < right) {
        count = keep(count, high, i);
      }
      count = keep(count, right, i);
      lower = right;
    }
    swap(count);
    lower = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < size; i++) {
      if (upper[i] <= low || lower >= high) {
        constant[i] += bound * bound;
      } else {
        addTo(i, value, 1);
      }
      lower = upper[i];
    }
  }

  /**
   * Finds the least cost when the segment is completed by further observations; ask for it by
   * {@link #best}, {@link #bestCandidate} and {@link #bestChanges}. Of equal costs that with the
   * fewest changes is best, then that with the earliest change.
   *
   * @param itsWeight of the further observations, together
   * @param itsMean of the further observations
   * @param itsSquares about that mean
   */
  void minimise(double itsWeight, double itsMean, double itsSquares) {
    best = Double.POSITIVE_INFINITY;
    double lower = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < size; i++) {
      double all = weight[i] + itsWeight;
      double share = itsWeight == 0 ? 0 : itsWeight / all;
      double centre = mean[i] + (itsMean - mean[i]) * share;
      double at = Math.min(Math.max(centre, lower), upper[i]);
      double own = at - mean[i];
      double further = at - itsMean;
      double cost =
          constant[i]
              + squares[i]
              + weight[i] * own * own
              + itsSquares
              + itsWeight * further * further;
      lower = upper[i];
      if (isBetter(cost, i)) {
        best = cost;
        bestCandidate = candidate[i];
        bestChanges = changes[i];
      }
    }
  }

  /** The cost found last. */
  double best() {
    return best;
  }

  /** The position of the last change that it takes. */
  int bestCandidate() {
    return bestCandidate;
  }

  /** How many changes it takes. */
  int bestChanges() {
    return bestChanges;
  }

  private boolean isBetter(double cost, int piece) {
    double margin = TIE * Math.max(Math.abs(cost), Math.abs(best));
    if (best == Double.POSITIVE_INFINITY || cost < best - margin) {
      return true;
    }
    return cost <= best + margin
        && (changes[piece] < bestChanges
            || (changes[piece] == bestChanges && candidate[piece] < bestCandidate));
  }

  private int put(int count, double until, int position, int before, double cost) {
    if (count > 0 && nextCandidate[count - 1] == position) {
      nextUpper[count - 1] = until;
      return count;
    }
    nextUpper[count] = until;
    nextCandidate[count] = position;
    nextChanges[count] = before;
    nextConstant[count] = cost;
    nextWeight[count] = 0;
    nextMean[count] = 0;
    nextSquares[count] = 0;
    return count + 1;
  }

  private int keep(int count, double until, int i) {
    nextUpper[count] = until;
    nextCandidate[count] = candidate[i];
    nextChanges[count] = changes[i];
    nextConstant[count] = constant[i];
    nextWeight[count] = weight[i];
    nextMean[count] = mean[i];
    nextSquares[count] = squares[i];
    return count + 1;
  }

  private void reserve(int pieces) {
    if (nextUpper.length < pieces) {
      int larger = Math.max(pieces, 2 * nextUpper.length);
      nextUpper = new double[larger];
      nextCandidate = new int[larger];
      nextChanges = new int[larger];
      nextConstant = new double[larger];
      nextWeight = new double[larger];
      nextMean = new double[larger];
      nextSquares = new double[larger];
    }
  }

  private void swap(int count) {
    size = count;
    double[] doubles = upper;
    upper = nextUpper;
    nextUpper = doubles;
    doubles = constant;
    constant = nextConstant;
    nextConstant = doubles;
    doubles = weight;
    weight = nextWeight;
    nextWeight = doubles;
    doubles = mean;
    mean = nextMean;
    nextMean = doubles;
    doubles = squares;
    squares = nextSquares;
    nextSquares = doubles;
    int[] ints = candidate;
    candidate = nextCandidate;
    nextCandidate = ints;
    ints = changes;
    changes = nextChanges;
    nextChanges = ints;
    if (nextUpper.length < upper.length) {
      reserve(upper.length);
    }
  }
}
