package io.saltus.analysis.jump;

import io.saltus.experiment.jump.Interval;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;

/**
 * One change in close-up: the Richards curve through its surroundings, and how that would scatter
 * if the noise were drawn again.
 *
 * <p>Where a straight line under the curve explains clearly more (by the Bayesian criterion, with
 * as many observations as the noise is worth), the line is there: a jump on a drift is not as wide
 * as the drift. The interval of a quantity is the middle 95 % of its values in refits of the curve
 * plus simulated noise, never from derivatives, which take the noise to be independent.
 */
final class ChangeFit {

  private static final int FIRST = 400;
  private static final int AGAIN = 90;
  private static final double REACH = 1.0;
  private static final double LEAST_BESIDE = 0.2;
  private static final double BEND = 0.3;
  private static final int PARAMETERS = 6;
  private static final int LEAST_CELLS = 8;
  private static final double[] SHARES = {0.1, 0.5, 0.9};
  private static final double[] SCALES = {0.3, 1, 2.5};

  final Region region;
  final double from;
  final double to;
  final Richards curve;

  /** Least and greatest value of the cells around here. */
  final double lowest;

  final double highest;

  /** Deviation of single observations around here. */
  final double deviation;

  private final LogBins bins;
  private final Window window;
  private final MetricKind kind;
  private final double[] point;
  private final boolean sloped;
  private Richards[] replicates = {};

  /** Per replicate and share, how far isotonic regression is from where the crossing was. */
  private double[][] shapeless = {};

  /**
   * @param from where the neighbourhood may begin, at or before the middle of the region
   * @param to where it may end, there or after it
   * @param ground what else there is; where it bends by more than {@value #BEND} of the change, the
   *     neighbourhood ends, because no straight line goes through that
   */
  ChangeFit(
      LogBins bins,
      MetricKind kind,
      Region region,
      double from,
      double to,
      NoiseModel noise,
      Ground ground) {
    this.bins = bins;
    this.kind = kind;
    this.region = region;
    double reach = Math.max(REACH, 2 * region.width());
    int first = 0;
    int last = bins.size();
    while (bins.x[first] < Math.max(from, region.from() - reach)) {
      first++;
    }
    while (bins.x[last - 1] > Math.min(to, region.to() + reach)) {
      last--;
    }
    double beside = Math.max(LEAST_BESIDE, region.width());
    double bend = BEND * Math.abs(region.size());
    double begin = ground.at(region.from());
    double end = ground.at(region.to());
    while (bins.x[first] < region.from() - beside
        && Math.abs(ground.heights()[first] - begin) > bend) {
      first++;
    }
    while (bins.x[last - 1] > region.to() + beside
        && Math.abs(ground.heights()[last - 1] - end) > bend) {
      last--;
    }
    while (last - first < Math.min(LEAST_CELLS, bins.size())) {
      // Neighbours on both sides may leave it no room.
      first = Math.max(0, first - 1);
      last = Math.min(bins.size(), last + 1);
    }
    this.from = bins.x[first];
    this.to = bins.x[last - 1];
    double margin = Math.max(0.1, 0.7 * region.width());
    this.lowest = Arrays.stream(bins.y, first, last).min().orElse(0);
    this.highest = Arrays.stream(bins.y, first, last).max().orElse(0);
    this.window = new Window(bins, first, last, region.from() - margin, region.to() + margin);
    double[] y = window.means(bins.y);
    double[] flat = search(fit(false), y);
    double[] line = search(fit(true), y);
    double without = fit(false).costOf(y, flat);
    double with = fit(true).costOf(y, line);
    double worth = Math.max(8, Math.min(window.x.length, noise.effective));
    Richards level = fit(false).curve(y, flat);
    Richards tilted = fit(true).curve(y, line);
    this.sloped =
        worth * Math.log(without / Math.max(with, 1e-300)) > 10 + Math.log(worth)
            && within(tilted)
            && Math.abs(tilted.slope()) * (this.to - this.from) < 3 * Math.abs(tilted.delta());
    this.point = sloped ? line : flat;
    this.curve = sloped ? tilted : level;
    this.deviation = localDeviation(first, last);
  }

  /** Refits of simulated series, whose noise is as large as here. */
  void scatter(NoiseModel noise, int count, long seed, Workers workers) {
    Richards[] results = new Richards[count];
    double[][] apart = new double[count][];
    double factor = Math.max(1, unrest(noise)) * freedom(noise);
    double[] fitted = fitted();
    workers.compute(
        0,
        count,
        () -> {
          RichardsFit fit = fit(sloped);
          double[] simulated = new double[bins.size()];
          return b -> {
            noise.simulate(new SplittableRandom(Seeds.mix(seed, b)), simulated);
            double[] y = window.means(simulated);
            for (int i = 0; i < y.length; i++) {
              y[i] = fitted[i] + factor * y[i];
            }
            double[] steps = {0.2 * Math.exp(point[1]) + 0.01, 0.3, 0.3};
            results[b] = fit.curve(y, fit.minimise(y, point, steps, AGAIN));
            apart[b] = isotonic(y, results[b]);
            for (int k = 0; k < SHARES.length; k++) {
              apart[b][k] -= curve.crossing(SHARES[k]);
            }
            return 0;
          };
        });
    replicates = results;
    shapeless = apart;
  }

  Interval interval(ToDoubleFunction<Richards> quantity) {
    return middle(Arrays.stream(replicates).mapToDouble(quantity));
  }

  Interval onset() {
    return crossing(0);
  }

  Interval midpoint() {
    return crossing(1);
  }

  Interval end() {
    return crossing(2);
  }

  /**
   * Both of what refits of the curve say and of what isotonic regression of the same simulated
   * series says, which takes no shape: its own crossing, less how far it was off there.
   */
  private Interval crossing(int k) {
    Interval shaped = interval(r -> r.crossing(SHARES[k]));
    Interval off = middle(Arrays.stream(shapeless).mapToDouble(one -> one[k]));
    double free = isotonic(window.means(bins.y), curve)[k];
    double low = free - off.high();
    double high = free - off.low();
    return Double.isNaN(shaped.low()) || Double.isNaN(low) || Double.isNaN(high)
        ? shaped
        : new Interval(Math.min(shaped.low(), low), Math.max(shaped.high(), high));
  }

  /** The middle 95 %; none of fewer than 20. */
  private static Interval middle(DoubleStream values) {
    double[] sorted = values.filter(Double::isFinite).sorted().toArray();
    int n = sorted.length;
    if (n < 20) {
      return Interval.NONE;
    }
    int cut = (int) Math.floor(0.025 * n);
    return new Interval(sorted[cut], sorted[n - 1 - cut]);
  }

  /** From the first crossing to the last, whatever the shape. */
  double isotonicWidth() {
    double[] crossings = isotonic(window.means(bins.y), curve);
    return crossings[SHARES.length - 1] - crossings[0];
  }

  /** Where isotonic regression crosses, between the levels that a curve has. */
  private double[] isotonic(double[] values, Richards levels) {
    double[] y = values.clone();
    for (int i = 0; i < y.length; i++) {
      y[i] -= levels.slope() * (window.x[i] - levels.midpoint());
    }
    double after = levels.before() + levels.delta();
    return Isotonic.crossings(window.x, y, window.weights, levels.before(), after, SHARES);
  }

  /**
   * What the curve's own parameters take from the residuals, by as many observations as are worth.
   */
  private double freedom(NoiseModel noise) {
    double worth = noise.worth(bins.evaluations(from, to));
    return Math.sqrt(worth > 2 * PARAMETERS ? worth / (worth - PARAMETERS) : 2);
  }

  /** How the cells on the way from one level to the other scatter, as a multiple of the model's. */
  private double unrest(NoiseModel noise) {
    double half = Math.max(curve.width(), 0.05);
    double sum = 0;
    int cells = 0;
    for (int i = 0; i < bins.size(); i++) {
      boolean near = Math.abs(bins.x[i] - curve.midpoint()) <= half;
      if (near && bins.x[i] >= from && bins.x[i] <= to) {
        double residual = (bins.y[i] - curve.at(bins.x[i])) / noise.ofCell(i);
        sum += residual * residual;
        cells++;
      }
    }
    return cells < 5 ? 1 : Math.sqrt(sum / cells);
  }

  private double[] fitted() {
    return Arrays.stream(window.x).map(curve::at).toArray();
  }

  private RichardsFit fit(boolean line) {
    return new RichardsFit(window.x, window.weights, kind.least(), kind.greatest(), line);
  }

  private double[] search(RichardsFit fit, double[] y) {
    double[] best = {};
    double least = Double.POSITIVE_INFINITY;
    double width = Math.max(0.02, region.width());
    for (double factor : SCALES) {
      double[] start = {region.place(), Math.log(factor * width / 4.394), 0};
      double[] found = fit.minimise(y, start, new double[] {0.3 * width, 0.5, 0.5}, FIRST);
      double cost = fit.costOf(y, found);
      if (cost < least) {
        least = cost;
        best = found;
      }
    }
    return best;
  }

  private boolean within(Richards tilted) {
    double first = tilted.at(from);
    double last = tilted.at(to);
    double slack = 0.02;
    return Math.min(first, last) >= kind.least() - slack
        && Math.max(first, last) <= kind.greatest() + slack;
  }

  private double localDeviation(int first, int last) {
    int begin = 0;
    int end = bins.raw.length;
    while (begin < end && bins.cell[begin] < first) {
      begin++;
    }
    while (end > begin && bins.cell[end - 1] >= last) {
      end--;
    }
    double[] residuals = new double[end - begin];
    for (int i = begin; i < end; i++) {
      residuals[i - begin] = bins.raw[i] - curve.at(bins.rawX[i]);
    }
    return Robust.deviation(residuals);
  }
}
