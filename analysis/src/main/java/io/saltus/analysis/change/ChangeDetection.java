package io.saltus.analysis.change;

import java.util.ArrayList;
import java.util.List;

/**
 * Finds the changes of a series under a {@link ChangeModel}. Optima are exact: of the model mean
 * for any length, of the others up to {@value #MOST_EXACT} observations; beyond it changes are
 * sought on a grid of as many cells and then moved to where the cost is least.
 *
 * <p>Default penalties, with n observations and long-run noise variance σ²(1 + φ)/(1 − φ): mean
 * 3·σ²·log n, slope 4·σ²·log n (squared errors); mean-variance 4·log n, distribution 3·log n (twice
 * negative log-likelihoods); auto 8·log n, and 3·log n for a segment that is a line.
 *
 * <p>Cost: of the model mean that of {@link MeanChanges}, about n log n; of the others min(n,
 * {@value #MOST_EXACT})² at worst, with the inequality pruning of PELT, and memory n; of the model
 * distribution both times its ⌈4 log n⌉ quantiles. Where each comes from: {@link MeanChanges},
 * {@link MeanOrLineCost}, {@link MeanVarianceCost}, {@link LineCost}, {@link DistributionCost}.
 */
public final class ChangeDetection {

  /** Up to so many observations all models are exact. */
  public static final int MOST_EXACT = 10_000;

  /** What quantiles of each observation can be held of. */
  private static final int MOST_OF_DISTRIBUTION = 500_000;

  private static final double AUTO_FLOOR = 0.02;
  private static final double AUTO_PENALTY = 8;
  private static final double AUTO_SLOPE = 3;
  private static final double COVERAGE = 0.95;

  private final double[] values;
  private final ChangeModel model;
  private final int minLength;
  private final Noise noise;
  private final Moments moments;
  private final SegmentCost cost;

  private ChangeDetection(double[] values, ChangeModel model, int minLength) {
    this.values = values;
    this.model = model;
    this.minLength = minLength;
    this.noise = Noise.of(values);
    this.moments = new Moments(values);
    this.cost =
        switch (model) {
          case AUTO ->
              new MeanOrLineCost(moments, AUTO_FLOOR, AUTO_SLOPE * Math.log(values.length));
          case MEAN -> new MeanCost(moments);
          case MEAN_VARIANCE -> new MeanVarianceCost(moments, noise.quantum());
          case SLOPE -> new LineCost(moments);
          case DISTRIBUTION -> new DistributionCost(values);
        };
  }

  /**
   * Prepares a series.
   *
   * @param values at least one, all finite; not changed while this is used
   * @param minLength the least length of a segment, from 1
   * @throws IllegalArgumentException when a value is not finite, a number is out of its range, or
   *     the series is longer than the model can take
   */
  public static ChangeDetection of(double[] values, ChangeModel model, int minLength) {
    Observations.check(values);
    Observations.checkLength(minLength);
    if (model == ChangeModel.DISTRIBUTION && values.length > MOST_OF_DISTRIBUTION) {
      throw new IllegalArgumentException(
          "the model distribution takes at most %d observations, and there are %d"
              .formatted(MOST_OF_DISTRIBUTION, values.length));
    }
    return new ChangeDetection(values, model, minLength);
  }

  /** The penalty when nobody says otherwise. */
  public double defaultPenalty() {
    double log = Math.log(Math.max(2, values.length));
    return switch (model) {
      case AUTO -> AUTO_PENALTY * log;
      case MEAN -> 3 * noise.longRunVariance() * log;
      case MEAN_VARIANCE -> 4 * log;
      case SLOPE -> 4 * noise.longRunVariance() * log;
      case DISTRIBUTION -> 3 * log;
    };
  }

  /**
   * The changes whose costs and penalties together are least.
   *
   * @param penalty of each change, at least 0 and finite
   */
  public ChangeReport penalised(double penalty) {
    Observations.checkPenalty(penalty);
    if (model == ChangeModel.MEAN) {
      return report(MeanChanges.of(values, minLength).penalised(penalty), penalty);
    }
    Coarsened grid = new Coarsened(cost, (values.length + MOST_EXACT - 1) / MOST_EXACT);
    Segmentation found = OptimalPartitioning.penalised(grid, penalty, grid.cells(minLength));
    return report(grid.refined(found, penalty, minLength), penalty);
  }

  /**
   * The best so many changes.
   *
   * @param count from 0
   * @throws IllegalArgumentException when the series is too short for so many, or too long for the
   *     model
   */
  public ChangeReport best(int count) {
    if (count < 0 || (count > 0 && (count + 1L) * minLength > values.length)) {
      throw new IllegalArgumentException(
          "%d changes need %d observations, and there are %d"
              .formatted(count, (count + 1L) * minLength, values.length));
    }
    if (model == ChangeModel.MEAN) {
      return report(MeanChanges.of(values, minLength).best(count), 0);
    }
    if (values.length > MOST_EXACT) {
      throw new IllegalArgumentException(
          "the model %s takes a number of changes for at most %d observations, and there are %d"
              .formatted(model.word(), MOST_EXACT, values.length));
    }
    return report(BestSegmentation.of(cost, count, minLength), 0);
  }

  private ChangeReport report(Segmentation found, double penalty) {
    List<Change> changes = new ArrayList<>();
    for (int i = 0; i < found.changePoints().size(); i++) {
      changes.add(dated(found.from(i), found.changePoints().get(i), found.until(i + 1)));
    }
    List<Segment> segments = new ArrayList<>();
    for (int i = 0; i < found.segments(); i++) {
      segments.add(segment(found.from(i), found.until(i)));
    }
    return new ChangeReport(model, penalty, found, changes, segments, noise);
  }

  private Segment segment(int from, int until) {
    boolean sloped =
        model == ChangeModel.SLOPE
            || (cost instanceof MeanOrLineCost either && either.isLine(from, until));
    // Anew and not from the sums of all beginnings, which carry more rounding.
    double sum = 0;
    double turning = 0;
    double middle = (from + until - 1) / 2.0;
    double first = values[from];
    for (int i = from; i < until; i++) {
      sum += values[i] - first;
    }
    double length = until - from;
    double above = sum / length;
    for (int i = from; i < until; i++) {
      turning += (i - middle) * (values[i] - first - above);
    }
    double slope = sloped && length > 1 ? turning * 12 / (length * (length * length - 1)) : 0;
    double squares = 0;
    for (int i = from; i < until; i++) {
      double residual = values[i] - first - above - slope * (i - middle);
      squares += residual * residual;
    }
    return new Segment(from, until, first + above, Math.sqrt(squares / length), slope);
  }

  /** The posterior of one change between two ends, with equal weight before for each position. */
  private Change dated(int from, int position, int until) {
    int first = from + Math.min(minLength, position - from);
    int last = until - Math.min(minLength, until - position);
    double[] costs = new double[last - first + 1];
    for (int i = 0; i < costs.length; i++) {
      costs[i] = cost.of(from, first + i) + cost.of(first + i, until);
    }
    int place = position - first;
    double unit = unit(costs[place], until - from);
    double total = 0;
    for (double each : costs) {
      total += weight(each, costs[place], unit);
    }
    int low = place;
    int high = place;
    double inside = weight(costs[place], costs[place], unit);
    while (inside < COVERAGE * total && (low > 0 || high < costs.length - 1)) {
      double left = low > 0 ? weight(costs[low - 1], costs[place], unit) : -1;
      double right = high < costs.length - 1 ? weight(costs[high + 1], costs[place], unit) : -1;
      if (left >= right) {
        low--;
        inside += left;
      } else {
        high++;
        inside += right;
      }
    }
    return new Change(position, first + low, first + high, Math.min(1, inside / total));
  }

  /** What one unit of twice a log-likelihood is in the unit of the costs. */
  private double unit(double squares, int count) {
    return switch (model) {
      case MEAN, SLOPE ->
          Math.max(squares / count, noise.quantum() * noise.quantum() / 12)
              * (1 + noise.ar1())
              / (1 - noise.ar1());
      case AUTO, MEAN_VARIANCE, DISTRIBUTION -> 1;
    };
  }

  private static double weight(double cost, double best, double unit) {
    return unit == 0 ? (cost <= best ? 1 : 0) : Math.exp(Math.min(0, best - cost) / (2 * unit));
  }
}
