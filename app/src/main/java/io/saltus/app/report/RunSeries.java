package io.saltus.app.report;

import io.saltus.app.problem.Nearest;
import io.saltus.app.problem.Refusal;
import io.saltus.experiment.RunId;
import io.saltus.experiment.metric.Catalogue;
import io.saltus.experiment.metric.Column;
import io.saltus.experiment.metric.MetricDescriptor;
import io.saltus.experiment.metric.MetricName;
import io.saltus.experiment.metric.ScalarColumn;
import io.saltus.persistence.projection.RunState;
import io.saltus.persistence.runs.ProbedMetrics;
import io.saltus.persistence.runs.RecordedFrame;
import io.saltus.persistence.runs.RunReader;
import io.saltus.persistence.runs.StepRange;
import io.saltus.persistence.series.SeriesThinner;
import io.saltus.persistence.series.ThinnedSeries;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Series of a run that somebody asks for.
 *
 * @param metrics in the order wanted; none: all that are single numbers, in the catalogue's order
 * @param range of steps
 * @param attempt whose frames, superseded or not; empty: those of current history
 * @param sequence the last event of the history that is meant; empty: today's
 */
public record RunSeries(
    List<MetricName> metrics, StepRange range, OptionalInt attempt, OptionalLong sequence) {

  /** A block of a thinned series takes the room of so many values. */
  private static final int VALUES_A_BLOCK = 8;

  /** Copies the list. */
  public RunSeries {
    metrics = List.copyOf(metrics);
  }

  /**
   * Reads them, in one pass over the frames.
   *
   * @param most how many values may be held, of all metrics together
   * @throws Refusal when the run has no such attempt or metric
   * @throws TooManyValuesException when there are more
   */
  public List<Series> read(RunReader runs, RunId run, long most) {
    Found found = find(runs, run);
    List<Series> gathered = Series.gather(found.wanted(), frames(runs, run), most);
    List<Series> series = new ArrayList<>();
    for (Series each : gathered) {
      series.add(
          found.recorded().contains(each.metric())
              ? each
              : Series.gather(each.metric(), numbers(each.metric(), found.probed(), range)));
    }
    return series;
  }

  /**
   * Reads them thinned, in one pass over the frames, however long they are.
   *
   * @param points how many of a metric at most
   * @param most how many values may be held, of all metrics together
   * @throws Refusal when the run has no such attempt or metric
   * @throws TooManyValuesException when so many points of so many metrics are more
   */
  public List<ThinnedSeries> thinned(RunReader runs, RunId run, int points, long most) {
    Found found = find(runs, run);
    Map<MetricName, SeriesThinner> thinners = new LinkedHashMap<>();
    for (MetricName metric : found.wanted()) {
      SeriesThinner thinner = new SeriesThinner(metric, points);
      thinners.put(metric, thinner);
      if (!found.recorded().contains(metric)) {
        numbers(metric, found.probed(), range).forEachRemaining(thinner::add);
      }
    }
    thin(frames(runs, run), thinners, most);
    return thinners.values().stream().map(SeriesThinner::thinned).toList();
  }

  private static void thin(
      Iterator<RecordedFrame> frames, Map<MetricName, SeriesThinner> thinners, long most) {
    long held = 0;
    while (frames.hasNext()) {
      for (Column column : frames.next().frame().columns()) {
        SeriesThinner into = thinners.get(column.name());
        if (into != null && column instanceof ScalarColumn scalar) {
          int before = into.held();
          into.add(scalar);
          held += into.held() - before;
        }
      }
      if (held > most / VALUES_A_BLOCK) {
        throw new TooManyValuesException(most);
      }
    }
  }

  /** What was asked for, as far as it is known. */
  private record Found(Set<MetricName> recorded, ProbedMetrics probed, List<MetricName> wanted) {}

  private Found find(RunReader runs, RunId run) {
    RunState state = runs.state(run);
    attempt.ifPresent(number -> checkAttempt(run, state, number));
    ProbedMetrics probed = metrics.isEmpty() ? ProbedMetrics.none() : runs.probed(run);
    Set<MetricName> recorded = scalars(state);
    return new Found(recorded, probed, wanted(metrics, recorded, probed));
  }

  private Iterator<RecordedFrame> frames(RunReader runs, RunId run) {
    if (attempt.isPresent()) {
      return runs.framesOfAttempt(run, attempt.getAsInt(), range);
    }
    return sequence.isPresent()
        ? runs.framesUntilSequence(run, range, sequence.getAsLong())
        : runs.frames(run, range);
  }

  private static void checkAttempt(RunId run, RunState state, int attempt) {
    if (state.attempt(attempt).isEmpty()) {
      throw Refusal.wrong(
          "the attempts of " + run + " go to " + state.attempts().size(),
          "--attempt " + attempt,
          "");
    }
  }

  /** The metrics of a run that are single numbers, in the order of its catalogue. */
  public static Set<MetricName> scalars(RunState state) {
    Set<MetricName> known = new LinkedHashSet<>();
    state.catalogue().map(Catalogue::metrics).orElse(List.of()).stream()
        .filter(metric -> metric.kind().isScalar())
        .map(MetricDescriptor::name)
        .forEach(known::add);
    known.addAll(state.recorded().metrics().keySet());
    return known;
  }

  private static Iterator<ScalarColumn> numbers(
      MetricName metric, ProbedMetrics probed, StepRange range) {
    List<ScalarColumn> numbers = new ArrayList<>();
    for (Column column : probed.columns(metric, range)) {
      if (!(column instanceof ScalarColumn number)) {
        throw Refusal.wrong(
            "'" + metric + "' has no single numbers",
            "--metric",
            "Read it with 'saltus events RUN --stream probe --format json'.");
      }
      numbers.add(number);
    }
    return numbers.iterator();
  }

  /** Those asked for, in their order, each once; else all, in the order of the catalogue. */
  private static List<MetricName> wanted(
      List<MetricName> named, Set<MetricName> recorded, ProbedMetrics probed) {
    Set<MetricName> known = new LinkedHashSet<>(recorded);
    probed.catalogue().stream().map(MetricDescriptor::name).forEach(known::add);
    List<String> names = known.stream().map(MetricName::value).toList();
    for (MetricName name : named) {
      if (!known.contains(name)) {
        throw Refusal.wrong(
            "unknown metric '" + name + "'",
            "--metric",
            (Nearest.question(name.value(), names) + " Known: " + String.join(", ", names) + ".")
                .strip());
      }
    }
    return named.isEmpty() ? List.copyOf(known) : List.copyOf(new LinkedHashSet<>(named));
  }
}
