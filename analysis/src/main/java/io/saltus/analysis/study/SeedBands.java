package io.saltus.analysis.study;

import io.saltus.analysis.jump.MetricSeries;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;

/**
 * A metric over steps, summarised over seeds.
 *
 * @param points ascending in step
 */
public record SeedBands(List<Point> points) {

  private static final double QUARTER = 0.25;

  /** Copies the points. */
  public SeedBands {
    points = List.copyOf(points);
  }

  /**
   * The seeds at one step.
   *
   * @param n how many have a value there
   * @param lower quartile, and {@code upper} quartile, interpolated between values
   */
  public record Point(
      double step,
      int n,
      double mean,
      double min,
      double lower,
      double median,
      double upper,
      double max) {}

  /**
   * Bands on the steps that any of the seeds recorded. A seed has at a step the last value that it
   * recorded until then, from its first step to its last; beyond its last it has none, so that
   * {@code n} falls where runs end early. Values that are not finite are passed over.
   *
   * @param seeds the same metric of each run
   * @param most how many steps are kept at most, spread evenly over log(1 + step), first and last
   *     among them; at least 2
   */
  public static SeedBands over(List<MetricSeries> seeds, int most) {
    if (most < 2) {
      throw new IllegalArgumentException("at least 2 points, not " + most);
    }
    TreeSet<Double> steps = new TreeSet<>();
    for (MetricSeries series : seeds) {
      Arrays.stream(series.steps()).forEach(steps::add);
    }
    int[] places = new int[seeds.size()];
    List<Point> points = new ArrayList<>();
    for (double step : thinned(steps, most)) {
      double[] values = new double[seeds.size()];
      int n = 0;
      for (int i = 0; i < places.length; i++) {
        double[] own = seeds.get(i).steps();
        while (places[i] < own.length && own[places[i]] <= step) {
          places[i]++;
        }
        if (own.length > 0 && step >= own[0] && step <= own[own.length - 1]) {
          double value = seeds.get(i).values()[places[i] - 1];
          if (Double.isFinite(value)) {
            values[n++] = value;
          }
        }
      }
      if (n > 0) {
        points.add(point(step, Arrays.copyOf(values, n)));
      }
    }
    return new SeedBands(points);
  }

  private static Point point(double step, double[] values) {
    Arrays.sort(values);
    return new Point(
        step,
        values.length,
        Arrays.stream(values).average().orElse(Double.NaN),
        values[0],
        between(values, QUARTER),
        between(values, 2 * QUARTER),
        between(values, 3 * QUARTER),
        values[values.length - 1]);
  }

  /** The quantile at share × (n − 1), interpolated: R. J. Hyndman, Y. Fan (1996), definition 7. */
  private static double between(double[] sorted, double share) {
    double place = share * (sorted.length - 1);
    int below = (int) place;
    int above = Math.min(sorted.length - 1, below + 1);
    return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
  }

  private static List<Double> thinned(TreeSet<Double> steps, int most) {
    if (steps.size() <= most) {
      return List.copyOf(steps);
    }
    double first = StrictMath.log1p(steps.first());
    double last = StrictMath.log1p(steps.last());
    TreeSet<Double> kept = new TreeSet<>(List.of(steps.first(), steps.last()));
    for (int i = 1; i < most - 1; i++) {
      Double near = steps.ceiling(StrictMath.expm1(first + (last - first) * i / (most - 1)));
      kept.add(near == null ? steps.last() : near);
    }
    return List.copyOf(kept);
  }
}
