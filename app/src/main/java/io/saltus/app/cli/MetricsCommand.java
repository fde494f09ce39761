package io.saltus.app.cli;

import io.saltus.app.problem.Nearest;
import io.saltus.app.problem.Refusal;
import io.saltus.app.report.Series;
import io.saltus.app.report.SeriesTable;
import io.saltus.experiment.RunId;
import io.saltus.experiment.metric.Catalogue;
import io.saltus.experiment.metric.Column;
import io.saltus.experiment.metric.MetricDescriptor;
import io.saltus.experiment.metric.MetricName;
import io.saltus.experiment.metric.ScalarColumn;
import io.saltus.persistence.projection.RunState;
import io.saltus.persistence.runs.ProbedMetrics;
import io.saltus.persistence.runs.StepRange;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Prints the series of a run. */
@Command(name = "metrics", description = "Print the series of a run, as CSV or JSON.")
final class MetricsCommand implements Callable<Integer> {

  /** A stretch has four: first, last, least and greatest. */
  private static final int LEAST_POINTS = 4;

  private final Invocation invocation;

  @Parameters(paramLabel = "RUN", description = "An id, a unique prefix, or @last.")
  private String run = "";

  @Option(names = "--metric", paramLabel = "NAME", description = "Only this one; repeatable.")
  private List<String> metrics = new ArrayList<>();

  @Option(names = "--from", paramLabel = "STEP", description = "The first step.")
  private Optional<String> from = Optional.empty();

  @Option(names = "--until", paramLabel = "STEP", description = "The last step, included.")
  private Optional<String> until = Optional.empty();

  @Option(
      names = "--points",
      paramLabel = "N",
      description = "At most N rows, from 4: first, last, least, greatest of every stretch.")
  private Optional<String> points = Optional.empty();

  @Option(
      names = "--attempt",
      paramLabel = "N",
      description = "What this attempt recorded, superseded or not.")
  private Optional<String> attempt = Optional.empty();

  MetricsCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() {
    boolean json = invocation.format(Format.CSV, Format.TEXT, Format.JSON) == Format.JSON;
    StepRange range = range();
    OptionalInt most =
        Arguments.whole("--points", points, LEAST_POINTS, Integer.MAX_VALUE)
            .map(value -> OptionalInt.of(Math.toIntExact(value)))
            .orElse(OptionalInt.empty());
    Optional<Long> number = Arguments.whole("--attempt", attempt, 1, Integer.MAX_VALUE);
    List<MetricName> named = metrics.stream().map(Arguments::metric).toList();
    try (Reading reading = Reading.open(invocation)) {
      RunId id = reading.resolve(run);
      RunState state = reading.runs().state(id);
      number.ifPresent(given -> checkAttempt(id, state, given));
      ProbedMetrics probed = named.isEmpty() ? ProbedMetrics.none() : reading.runs().probed(id);
      Set<MetricName> recorded = recorded(state);
      List<Series> series = new ArrayList<>();
      for (MetricName metric : wanted(named, recorded, probed)) {
        series.add(
            Series.gather(
                metric,
                recorded.contains(metric)
                    ? columns(reading, id, number, metric, range)
                    : numbers(metric, probed, range)));
      }
      if (json) {
        series.forEach(each -> invocation.print(SeriesTable.json(id.value(), each, most)));
      } else {
        SeriesTable.csv(series, most, invocation::print);
      }
    }
    return 0;
  }

  private StepRange range() {
    long first = Arguments.whole("--from", from, 0, Long.MAX_VALUE).orElse(0L);
    long last = Arguments.whole("--until", until, 0, Long.MAX_VALUE).orElse(Long.MAX_VALUE);
    if (last < first) {
      throw Refusal.wrong("there is no step from " + first + " to " + last, "--from, --until", "");
    }
    return new StepRange(first, last);
  }

  private static Iterator<ScalarColumn> columns(
      Reading reading, RunId id, Optional<Long> attempt, MetricName metric, StepRange range) {
    return attempt.isPresent()
        ? reading.runs().seriesOfAttempt(id, Math.toIntExact(attempt.get()), metric, range)
        : reading.runs().series(id, metric, range);
  }

  private static void checkAttempt(RunId id, RunState state, long attempt) {
    if (state.attempt(Math.toIntExact(attempt)).isEmpty()) {
      throw Refusal.wrong(
          "the attempts of " + id + " go to " + state.attempts().size(),
          "--attempt " + attempt,
          "");
    }
  }

  private static Set<MetricName> recorded(RunState state) {
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
