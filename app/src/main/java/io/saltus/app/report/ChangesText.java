package io.saltus.app.report;

import io.saltus.analysis.Downsampling;
import io.saltus.analysis.change.Change;
import io.saltus.analysis.change.ChangeReport;
import io.saltus.analysis.change.Segment;
import io.saltus.app.plot.Line;
import io.saltus.app.plot.StepAxis;
import io.saltus.app.plot.Style;
import io.saltus.app.plot.TerminalPlot;
import io.saltus.app.plot.ValueAxis;
import io.saltus.app.text.Figures;
import io.saltus.app.text.TextTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The changes of one column for people: a plot of the values and their segments, and a table. */
public final class ChangesText {

  private static final int MOST_POINTS = 2_000;

  private ChangesText() {}

  /**
   * The lines about one column.
   *
   * @param width of the terminal
   * @param colours whether it shows them
   */
  public static List<String> lines(ColumnChanges column, int width, boolean colours) {
    ChangeReport report = column.report();
    int count = report.changes().size();
    List<String> lines = new ArrayList<>();
    lines.add(
        "%s, %s: %s of %s %s (model %s%s)%s"
            .formatted(
                column.file(),
                column.column(),
                count == 0
                    ? "no change"
                    : Figures.whole(count) + (count == 1 ? " change" : " changes"),
                Figures.whole(column.rows()),
                column.rows() == 1 ? "row" : "rows",
                report.model().word(),
                column.counted() ? "" : ", penalty " + Figures.real(report.penalty()),
                column.missing() == 0
                    ? ""
                    : ", " + Figures.whole(column.missing()) + " of them missing"));
    lines.addAll(plot(column, width, colours));
    lines.addAll(table(column));
    return lines;
  }

  private static List<String> plot(ColumnChanges column, int width, boolean colours) {
    double[] values = column.values();
    TerminalPlot plot =
        new TerminalPlot(
            width,
            new StepAxis(column.rows() - 1L, false, "row"),
            new ValueAxis(
                Arrays.stream(values).min().orElse(0), Arrays.stream(values).max().orElse(1)),
            colours);
    Line segments = plot.line("segments", Style.STRONG);
    Line data = plot.line(column.column(), Style.FINE);
    for (int place : Downsampling.places(values, MOST_POINTS)) {
      data.to(column.row(place), values[place]);
    }
    for (Segment segment : column.report().segments()) {
      double middle = (segment.from() + segment.until() - 1) / 2.0;
      segments.to(
          column.row(segment.from()), segment.mean() + segment.slope() * (segment.from() - middle));
      segments.to(
          column.row(segment.until() - 1),
          segment.mean() + segment.slope() * (segment.until() - 1 - middle));
    }
    return plot.render();
  }

  private static List<String> table(ColumnChanges column) {
    TextTable table =
        TextTable.of(">from", ">until", "index", ">interval", ">mean", ">sd", ">slope");
    List<Segment> segments = column.report().segments();
    for (int i = 0; i < segments.size(); i++) {
      Segment segment = segments.get(i);
      String interval = "";
      String index = "";
      if (i > 0) {
        Change change = column.report().changes().get(i - 1);
        interval = "%d to %d".formatted(column.row(change.earliest()), column.row(change.latest()));
        index = column.index(change.position()).orElse("");
      }
      table.row(
          Integer.toString(column.from(segment)),
          Integer.toString(column.until(segment)),
          index,
          interval,
          Figures.real(segment.mean()),
          Figures.real(segment.deviation()),
          segment.slope() == 0 ? "" : Figures.real(segment.slope()));
    }
    return table.lines();
  }
}
