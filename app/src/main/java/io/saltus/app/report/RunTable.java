package io.saltus.app.report;

import io.saltus.app.text.Figures;
import io.saltus.app.text.TextTable;
import io.saltus.experiment.metric.MetricName;
import io.saltus.persistence.index.RunSummary;
import io.saltus.persistence.projection.RunStatus;
import io.saltus.persistence.projection.Scalar;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Runs as a table, one line each. */
public final class RunTable {

  private RunTable() {}

  /**
   * The lines, the heading first.
   *
   * @param status of a run, as a word
   */
  public static List<String> lines(List<RunSummary> runs, Function<RunSummary, String> status) {
    TextTable table = TextTable.of("run", "status", ">step", ">of", ">seed", "last");
    // Many runs share one set of metrics, of which one is shown.
    IdentityHashMap<Set<MetricName>, Optional<MetricName>> shown = new IdentityHashMap<>();
    runs.forEach(
        run ->
            table.row(
                run.run().value(),
                status.apply(run),
                run.step() < 0 ? "-" : Figures.whole(run.step()),
                Figures.whole(run.steps()),
                run.status() == RunStatus.IMPORTED ? "-" : Long.toString(run.seed()),
                shown
                    .computeIfAbsent(run.last().names(), RunTable::shown)
                    .flatMap(name -> run.last().of(name).map(last -> text(name, last)))
                    .orElse("")));
    return table.lines();
  }

  private static Optional<MetricName> shown(Set<MetricName> metrics) {
    List<MetricName> main = RunPlot.main(metrics);
    return main.isEmpty() ? Optional.empty() : Optional.of(main.get(main.size() - 1));
  }

  private static String text(MetricName name, Scalar last) {
    return name + " " + Figures.real(last.asDouble());
  }
}
