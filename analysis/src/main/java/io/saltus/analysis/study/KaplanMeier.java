package io.saltus.analysis.study;

import io.saltus.experiment.jump.Interval;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * How many seeds have not reached a level yet, over steps, when some never did: the product-limit
 * estimator of E. L. Kaplan and P. Meier, "Nonparametric Estimation from Incomplete Observations",
 * JASA 53 (1958). A seed that did not reach it counts as later than its last step, neither left out
 * nor taken for reached.
 *
 * <p>Deviations are Greenwood's. Intervals are 95 %, symmetric in log(−log S) so that they stay
 * between 0 and 1 (J. D. Kalbfleisch, R. L. Prentice, "The Statistical Analysis of Failure Time
 * Data", 1980). The interval of the median holds the steps at which the interval of the curve
 * contains one half (R. Brookmeyer, J. Crowley, "A Confidence Interval for the Median Survival
 * Time", Biometrics 38, 1982, with that transformation).
 *
 * @param points one per step at which a seed reached the level, ascending
 * @param n how many seeds
 * @param reached how many of them reached it
 */
public record KaplanMeier(List<Point> points, int n, int reached) {

  private static final double HALF = 0.5 + 1e-12;

  /** Copies the points. */
  public KaplanMeier {
    points = List.copyOf(points);
  }

  /**
   * One seed.
   *
   * @param step at which it reached the level, or its last one
   * @param reached whether it did
   */
  public record Waiting(double step, boolean reached) {}

  /**
   * The curve from one step to the next.
   *
   * @param step from which on it holds
   * @param atRisk seeds that had not reached the level before, and were still observed
   * @param reached how many did here
   * @param surviving the share that has not reached it, after this step
   * @param deviation Greenwood's standard deviation of it; NaN where it is 0
   * @param interval 95 % of the share; none where it is 0
   */
  public record Point(
      double step,
      int atRisk,
      int reached,
      double surviving,
      double deviation,
      Interval interval) {}

  /**
   * The curve of some seeds; of those with the same step, the ones that reached it come first.
   *
   * @throws IllegalArgumentException when there are none, or a step is not finite
   */
  public static KaplanMeier of(List<Waiting> seeds) {
    if (seeds.isEmpty() || seeds.stream().anyMatch(seed -> !Double.isFinite(seed.step()))) {
      throw new IllegalArgumentException("at least one seed, all steps finite, not " + seeds);
    }
    List<Waiting> sorted =
        seeds.stream().sorted(Comparator.comparingDouble(Waiting::step)).toList();
    List<Point> points = new ArrayList<>();
    double surviving = 1;
    double variance = 0;
    int reachedInAll = 0;
    for (int i = 0; i < sorted.size(); ) {
      double step = sorted.get(i).step();
      int atRisk = sorted.size() - i;
      int here = 0;
      for (; i < sorted.size() && sorted.get(i).step() == step; i++) {
        here += sorted.get(i).reached() ? 1 : 0;
      }
      if (here > 0) {
        reachedInAll += here;
        surviving *= 1 - (double) here / atRisk;
        variance += (double) here / ((double) atRisk * (atRisk - here));
        points.add(point(step, atRisk, here, surviving, variance));
      }
    }
    return new KaplanMeier(points, sorted.size(), reachedInAll);
  }

  private static Point point(double step, int atRisk, int here, double surviving, double variance) {
    if (here == atRisk) {
      return new Point(step, atRisk, here, 0, Double.NaN, Interval.NONE);
    }
    double half = Normal.Z95 * Math.sqrt(variance) / Math.log(surviving);
    return new Point(
        step,
        atRisk,
        here,
        surviving,
        surviving * Math.sqrt(variance),
        new Interval(Math.pow(surviving, Math.exp(-half)), Math.pow(surviving, Math.exp(half))));
  }

  /** The step by which half of the seeds had reached it; infinite when that is not known. */
  public double median() {
    return points.stream()
        .filter(point -> point.surviving() <= HALF)
        .mapToDouble(Point::step)
        .findFirst()
        .orElse(Double.POSITIVE_INFINITY);
  }

  /**
   * 95 % of the median; the upper end is infinite when too few reached the level to bound it, and
   * there is none for a single seed or when none reached it.
   */
  public Interval medianInterval() {
    if (n == 1 || reached == 0) {
      return Interval.NONE;
    }
    return new Interval(first(true), first(false));
  }

  /** The first step at which one side of the interval of the curve is at most one half. */
  private double first(boolean lower) {
    for (Point point : points) {
      // Where all have reached it there is no interval left, and nothing later to be compared with.
      if (point.surviving() == 0) {
        return lower ? point.step() : Double.POSITIVE_INFINITY;
      }
      if ((lower ? point.interval().low() : point.interval().high()) <= HALF) {
        return point.step();
      }
    }
    return Double.POSITIVE_INFINITY;
  }
}
