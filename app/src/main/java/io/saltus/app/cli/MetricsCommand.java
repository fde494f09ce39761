package io.saltus.app.cli;

import io.saltus.app.problem.Refusal;
import io.saltus.app.report.RunSeries;
import io.saltus.app.report.Series;
import io.saltus.app.report.SeriesTable;
import io.saltus.experiment.RunId;
import io.saltus.experiment.metric.MetricName;
import io.saltus.persistence.runs.StepRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
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
    OptionalInt number =
        Arguments.whole("--attempt", attempt, 1, Integer.MAX_VALUE)
            .map(value -> OptionalInt.of(Math.toIntExact(value)))
            .orElse(OptionalInt.empty());
    List<MetricName> named = metrics.stream().map(Arguments::metric).toList();
    try (Reading reading = Reading.open(invocation)) {
      RunId id = reading.resolve(run);
      List<Series> series =
          new RunSeries(named, range, number, OptionalLong.empty())
              .read(reading.runs(), id, Long.MAX_VALUE);
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
}
