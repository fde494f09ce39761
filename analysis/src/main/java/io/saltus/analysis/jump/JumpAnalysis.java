package io.saltus.analysis.jump;

import io.saltus.experiment.jump.ChangePoint;
import io.saltus.experiment.jump.Jump;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;

/**
 * Finds the jumps in the metrics of a run: when, how much, how sharply, whether drift and noise
 * could have done it, and what they are.
 *
 * <p>Each series is put on the logarithm of its steps, taken apart into a power-law drift and rises
 * and falls, and each of those is fitted in close-up. One p-value per series comes from simulated
 * series of drift and autocorrelated noise that go through the same search; it is corrected over
 * the metrics and over the changes of each. The same seed gives the same result bit for bit, with
 * any number of threads.
 */
public final class JumpAnalysis {

  private static final String DETECTOR = "richards-drift-bootstrap";
  private static final int VERSION = 4;

  /** How many replicates are simulated for each that the correction needs. */
  private static final double SPARE = 1.2;

  private final JumpSettings settings;
  private final Workers workers;

  private JumpAnalysis(JumpSettings settings, Workers workers) {
    this.settings = settings;
    this.workers = workers;
  }

  /**
   * An analysis with settings.
   *
   * @param executor computes the replicates; the result does not depend on how many threads it has.
   *     It stays the caller's to shut down
   */
  public static JumpAnalysis with(JumpSettings settings, ExecutorService executor) {
    return new JumpAnalysis(settings, new Workers(Optional.of(executor)));
  }

  /** An analysis with settings that is done by the thread that asks for it. */
  public static JumpAnalysis with(JumpSettings settings) {
    return new JumpAnalysis(settings, new Workers(Optional.empty()));
  }

  /**
   * Finds, dates, tests and names the changes of all metrics.
   *
   * @param series the metrics of one run, each name once; all of them are tested together, so leave
   *     out what nobody asks about
   * @throws IllegalArgumentException when a name comes twice
   */
  public RunJumps analyse(List<MetricSeries> series, RunContext context) {
    if (series.stream().map(MetricSeries::name).distinct().count() < series.size()) {
      throw new IllegalArgumentException(
          "a metric comes twice: " + series.stream().map(MetricSeries::name).toList());
    }
    List<SeriesAnalysis> analyses = new ArrayList<>();
    for (int k = 0; k < series.size(); k++) {
      long seed = Seeds.mix(settings.seed(), series.get(k).name().hashCode());
      analyses.add(new SeriesAnalysis(series.get(k), settings, seed, workers));
    }
    return together(series, context, analyses, corrected(analyses));
  }

  /**
   * Simulates up to as many replicates as it takes for the changes of one series to be significant
   * when those of no other are, and corrects for the number of series.
   */
  private double[] corrected(List<SeriesAnalysis> analyses) {
    int tested = (int) analyses.stream().filter(SeriesAnalysis::hasP).count();
    double each = SPARE / JumpDefinition.Q * tested * MultipleTesting.harmonic(tested);
    for (SeriesAnalysis analysis : analyses) {
      double needed = Math.min(settings.moreReplicates(), each * analysis.changes());
      analysis.simulate((int) Math.max(settings.replicates(), needed));
    }
    return MultipleTesting.benjaminiYekutieli(
        analyses.stream().mapToDouble(SeriesAnalysis::p).toArray());
  }

  private RunJumps together(
      List<MetricSeries> series, RunContext context, List<SeriesAnalysis> analyses, double[] q) {
    Kinds kinds = new Kinds(series, context);
    List<SeriesResult> results = new ArrayList<>();
    for (int k = 0; k < analyses.size(); k++) {
      int family = k;
      kinds.add(analyses.get(k).found(p -> MultipleTesting.withinSelected(q, family, p)));
      kinds.addEnding(series.get(k));
      results.add(analyses.get(k).result(q[k]));
    }
    kinds.addGradualLearning();
    List<Jump> jumps = new ArrayList<>(kinds.jumps());
    jumps.sort(Comparator.comparingDouble(Jump::midpoint));
    List<ChangePoint> changePoints = new ArrayList<>(kinds.changePoints());
    changePoints.sort(Comparator.comparingDouble(ChangePoint::step));
    return new RunJumps(
        DETECTOR, VERSION, settings, List.copyOf(jumps), List.copyOf(changePoints), results);
  }
}
