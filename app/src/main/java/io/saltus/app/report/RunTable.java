package io.saltus.app.report;

import io.saltus.app.text.Figures;
import io.saltus.app.text.TextTable;
import io.saltus.experiment.metric.MetricName;
import io.saltus.persistence.projection.MetricStats;
import java.util.List;

/** Runs as a table, one line each. */
public final class RunTable {

  private RunTable() {}

  /** The lines, the heading first. */
  public static List<String> lines(List<RunView> views) {
    TextTable table = TextTable.of("run", "status", ">step", ">of", ">seed", "last");
    views.forEach(
        view ->
            table.row(
                view.run(),
                view.status(),
                view.state().step() < 0 ? "-" : Figures.whole(view.state().step()),
                Figures.whole(view.state().steps()),
                Long.toString(view.spec().seeds().init()),
                last(view)));
    return table.lines();
  }

  private static String last(RunView view) {
    List<MetricName> main = RunPlot.main(view.state().recorded().metrics().keySet());
    if (main.isEmpty()) {
      return "";
    }
    MetricName name = main.get(main.size() - 1);
    MetricStats stats = view.state().recorded().metrics().get(name);
    return stats == null ? "" : name + " " + Figures.real(stats.last().asDouble());
  }
}
