package io.saltus.app.study;

import io.saltus.analysis.jump.Crossings;
import io.saltus.analysis.jump.MetricSeries;
import io.saltus.analysis.study.KaplanMeier;
import io.saltus.analysis.study.KaplanMeier.Waiting;
import io.saltus.analysis.study.RunResults.Status;
import io.saltus.analysis.study.SeedBootstrap;
import io.saltus.experiment.metric.MetricName;
import io.saltus.persistence.projection.MetricStats;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The runs of a cell in a few numbers.
 *
 * @param cell whose
 * @param n how many of its runs are complete; the other numbers are about these
 * @param failed how many failed, were cancelled or could not be begun
 * @param metrics the mean over seeds of the last value of each, with its 95 % interval; of a metric
 *     of which no run has a finite value nothing
 */
public record CellSummary(
    StudyView.Cell cell,
    long n,
    long failed,
    SortedMap<MetricName, SeedBootstrap.Estimate> metrics) {

  /** Of the resamples: the same values give the same interval. */
  private static final long SEED = 1;

  /** Sums a cell up. */
  public static CellSummary of(StudyView.Cell cell) {
    List<StudyRun> complete = complete(cell);
    TreeSet<MetricName> names = new TreeSet<>();
    complete.forEach(run -> names.addAll(run.state().orElseThrow().recorded().metrics().keySet()));
    SortedMap<MetricName, SeedBootstrap.Estimate> metrics = new TreeMap<>();
    for (MetricName name : names) {
      double[] last =
          complete.stream()
              .map(run -> run.state().orElseThrow().recorded().metrics())
              .map((Map<MetricName, MetricStats> each) -> Optional.ofNullable(each.get(name)))
              .flatMap(Optional::stream)
              .mapToDouble(stats -> stats.last().asDouble())
              .filter(Double::isFinite)
              .toArray();
      if (last.length > 0) {
        metrics.put(name, SeedBootstrap.mean(last, SEED));
      }
    }
    return new CellSummary(cell, complete.size(), cell.count(Status.FAILED), metrics);
  }

  /**
   * When a metric reaches a level for good, over the seeds; those that do not count as later than
   * their last step.
   *
   * @return empty where no run recorded the metric
   */
  public static Optional<KaplanMeier> reaching(
      StudyView.Cell cell, MetricName metric, double level) {
    List<Waiting> seeds = waiting(cell, metric, level);
    return seeds.isEmpty() ? Optional.empty() : Optional.of(KaplanMeier.of(seeds));
  }

  /** The same, seed by seed. */
  public static List<Waiting> waiting(StudyView.Cell cell, MetricName metric, double level) {
    List<Waiting> seeds = new ArrayList<>();
    for (StudyRun run : complete(cell)) {
      Optional<MetricSeries> series = run.series(metric);
      if (series.isPresent()) {
        double step = Crossings.sustained(series.get(), level);
        seeds.add(
            Double.isNaN(step) ? new Waiting(run.lastStep(), false) : new Waiting(step, true));
      }
    }
    return seeds;
  }

  private static List<StudyRun> complete(StudyView.Cell cell) {
    return cell.runs().stream().filter(run -> run.status() == Status.COMPLETED).toList();
  }
}
