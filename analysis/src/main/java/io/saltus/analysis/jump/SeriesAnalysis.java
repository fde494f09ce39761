package io.saltus.analysis.jump;

import io.saltus.experiment.jump.Bootstrap;
import io.saltus.experiment.jump.TestedSeries;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;

/** One series by itself: its drift, its changes, its noise, and its place among null series. */
final class SeriesAnalysis {

  private static final int LEAST_OBSERVATIONS = 10;
  private static final int CALIBRATION = 150;
  private static final int PASSES = 2;
  private static final int DRIFT_PARAMETERS = 3;
  private static final int RISE_PARAMETERS = 3;

  /** How far beside a change, in decades, its score may be greatest. */
  private static final double NEAR = 0.1;

  final MetricSeries series;
  private final JumpSettings settings;
  private final long seed;
  private final Workers workers;
  private final LogBins bins;
  private Optional<String> noP = Optional.empty();
  private List<Found> found = List.of();
  private double[] fitted = {};
  private double[] nullScores = {};
  private double score = Double.NaN;
  private double p = Double.NaN;
  private int block;
  private double deviation;
  private double ar1;
  private double unit = 1;
  private double effective;
  private double[] scores = {};
  private Optional<NullTest> test = Optional.empty();

  SeriesAnalysis(MetricSeries series, JumpSettings settings, long seed, Workers workers) {
    this.series = series;
    this.settings = settings;
    this.seed = seed;
    this.workers = workers;
    this.bins = LogBins.of(series);
    fitted = bins.y.clone();
    if (bins.raw.length < LEAST_OBSERVATIONS) {
      noP = Optional.of(bins.raw.length + " finite values at steps from 1");
    } else if (bins.quantum == 0) {
      noP = Optional.of("all values are equal");
    } else {
      analyse();
    }
  }

  private void analyse() {
    Search search = new Search(bins);
    Misfit misfit = new Misfit(bins);
    double[] trend = search.trend(bins.y);
    double quantum = bins.quantum / Math.sqrt(12);

    double range = Math.max(1e-300, Sizes.range(bins, series.kind(), -1e9, 1e9));
    double floor = Math.max(Math.min(quantum, 0.02 * range), 1e-9 * range);
    NoiseModel noise = FirstNoise.of(bins, floor);
    search.calibrate(noise, trend, Seeds.mix(seed, -1), CALIBRATION);
    Composition composition = new Composition(search, bins, bins.y, noise, range);
    for (int pass = 0; pass < PASSES; pass++) {
      int parameters = DRIFT_PARAMETERS + RISE_PARAMETERS * Math.max(1, composition.size());
      double[] fit = misfit.added(bins.y, composition.fitted());
      noise =
          new NoiseModel(
              bins,
              fit,
              composition.calm(),
              parameters + misfit.parameters,
              floor,
              values -> misfit.removed(search.drift.removed(values)));
      search.calibrate(noise, trend, Seeds.mix(seed, -2 - pass), CALIBRATION);
      if (pass < PASSES - 1) {
        composition = new Composition(search, bins, bins.y, noise, range);
      }
    }
    fitted = composition.fitted();
    deviation = noise.deviation;
    ar1 = noise.ar1;
    effective = noise.effective;
    block = noise.block;
    int exponent = search.drift.remove(bins.y.clone());
    Statistic statistic = new Statistic(search, bins, noise, range, misfit, exponent);
    test(search, statistic, trend, noise);
    examine(composition, noise);
  }

  private void test(Search search, Statistic statistic, double[] trend, NoiseModel noise) {
    Search.Bench bench = search.new Bench();
    score = statistic.of(bins.y, bench);
    unit = statistic.unit(bins.y, fitted);
    if (effective < NullTest.LEAST_EFFECTIVE) {
      noP =
          Optional.of(
              "its %d evaluations are worth %.2g independent ones, under %.0f"
                  .formatted(bins.raw.length, effective, NullTest.LEAST_EFFECTIVE));
      return;
    }
    test =
        Optional.of(new NullTest(search, statistic, trend, noise, Seeds.mix(seed, -10), workers));
  }

  /** Simulates the null; where p is small up to so many times. */
  void simulate(int most) {
    if (test.isPresent()) {
      NullTest.Outcome outcome = test.get().outcome(score, settings.replicates(), most);
      p = outcome.p();
      nullScores = outcome.scores();
    }
  }

  private void examine(Composition composition, NoiseModel noise) {
    List<Region> regions = Region.of(composition);
    List<Found> all = new ArrayList<>();
    scores = new double[regions.size()];
    for (int k = 0; k < regions.size(); k++) {
      Region region = regions.get(k);
      double from = k == 0 ? bins.x[0] : between(regions.get(k - 1), region);
      double to =
          k == regions.size() - 1 ? bins.x[bins.size() - 1] : between(region, regions.get(k + 1));
      // Regions that overlap need not lie in the order of their middles.
      from = Math.min(from, region.place());
      to = Math.max(to, region.place());
      Ground ground = new Ground(bins, composition.around(region));
      ChangeFit fit = new ChangeFit(bins, series.kind(), region, from, to, noise, ground);
      fit.scatter(noise, settings.intervalReplicates(), Seeds.mix(seed, 1000 + k), workers);
      all.add(new Examination(series, bins, composition, noise, fit).found());
      scores[k] =
          composition.score(region.members(), region.from() - NEAR, region.to() + NEAR) / unit;
    }
    found = all;
  }

  private static double between(Region left, Region right) {
    return left.to() < right.from()
        ? (left.to() + right.from()) / 2
        : (left.place() + right.place()) / 2;
  }

  double p() {
    return p;
  }

  int changes() {
    return scores.length;
  }

  boolean hasP() {
    return noP.isEmpty();
  }

  /**
   * The changes with their p-values.
   *
   * @param corrected of a p-value within this series, for the number of series
   */
  List<Found> found(DoubleUnaryOperator corrected) {
    double[] own = new double[scores.length];
    for (int k = 0; k < own.length; k++) {
      own[k] = hasP() ? Math.max(p, NullTest.p(nullScores, scores[k])) : Double.NaN;
    }
    double[] holm = MultipleTesting.holm(own);
    List<Found> result = new ArrayList<>();
    for (int k = 0; k < own.length; k++) {
      double q = corrected.applyAsDouble(holm[k]);
      result.add(found.get(k).significant(holm[k], q, bootstrap()));
    }
    return result;
  }

  SeriesResult result(double q) {
    double[] steps = new double[bins.size()];
    for (int i = 0; i < steps.length; i++) {
      steps[i] = Found.step(bins.x[i]);
    }
    TestedSeries tested =
        new TestedSeries(series.name(), p, q, noP, bootstrap(), deviation, ar1, effective);
    double[] sorted = nullScores.clone();
    Arrays.sort(sorted);
    return new SeriesResult(tested, score, sorted, steps, bins.y, fitted);
  }

  private Bootstrap bootstrap() {
    return new Bootstrap(nullScores.length, block, settings.seed());
  }
}
