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
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
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

  /** Copies the list. */
  public RunSeries {
    metrics = List.copyOf(metrics);
  }

  /**
   * Reads them, in one pass over the frames.
   *
   * @throws Refusal when the run has no such attempt or metric
   */
  public List<Series> read(RunReader runs, RunId run) {
    RunState state = runs.state(run);
    attempt.ifPresent(number -> checkAttempt(run, state, number));
    ProbedMetrics probed = metrics.isEmpty() ? ProbedMetrics.none() : runs.probed(run);
    Set<MetricName> recorded = scalars(state);
    List<MetricName> wanted = wanted(metrics, recorded, probed);
    List<Series> gathered = Series.gather(wanted, frames(runs, run));
    List<Series> series = new ArrayList<>();
    for (Series each : gathered) {
      series.add(
          recorded.contains(each.metric())
              ? each
              : Series.gather(each.metric(), numbers(each.metric(), probed, range)));
    }
    return series;
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
