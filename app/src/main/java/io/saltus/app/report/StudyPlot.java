package io.saltus.app.report;

import io.saltus.analysis.jump.MetricSeries;
import io.saltus.analysis.study.KaplanMeier;
import io.saltus.analysis.study.KaplanMeier.Waiting;
import io.saltus.analysis.study.RunResults.Status;
import io.saltus.analysis.study.SeedBands;
import io.saltus.app.plot.BandStrips;
import io.saltus.app.plot.ForestPlot;
import io.saltus.app.plot.StepAxis;
import io.saltus.app.plot.ValueAxis;
import io.saltus.app.study.CellSummary;
import io.saltus.app.study.StudyView;
import io.saltus.app.text.Printable;
import io.saltus.experiment.metric.MetricName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** A study's pictures: the main metric over steps cell by cell, and when it reaches its level. */
public final class StudyPlot {

  private static final int MOST_CELLS = 12;
  private static final int POINTS = 200;
  private static final int LONGEST_LABEL = 24;

  private StudyPlot() {}

  /**
   * Draws them.
   *
   * @param width in characters
   * @return nothing where no run is complete
   */
  public static List<String> draw(StudyView view, List<CellSummary> cells, int width) {
    List<CellSummary> drawn =
        cells.stream().filter(cell -> cell.n() > 0).limit(MOST_CELLS).toList();
    Optional<MetricName> main = StudyText.main(drawn);
    if (main.isEmpty()) {
      return List.of();
    }
    StepAxis steps = new StepAxis(lastStep(drawn), view.spec().plot().logSteps());
    List<String> lines = new ArrayList<>();
    lines.add(main.get() + ", over the seeds of each cell");
    lines.addAll(bands(drawn, main.get(), steps, width));
    if (main.get().isAccuracy()) {
      lines.add("");
      lines.add(main.get() + " at " + StudyText.LEVEL + " for good");
      lines.addAll(forest(drawn, main.get(), steps, width));
    }
    if (cells.stream().filter(cell -> cell.n() > 0).count() > MOST_CELLS) {
      lines.add("the first " + MOST_CELLS + " cells are drawn; --format json has all");
    }
    return lines;
  }

  private static long lastStep(List<CellSummary> cells) {
    return (long)
        cells.stream()
            .flatMap(cell -> cell.cell().runs().stream())
            .mapToDouble(run -> run.lastStep())
            .max()
            .orElse(1);
  }

  private static List<String> bands(
      List<CellSummary> cells, MetricName metric, StepAxis steps, int width) {
    List<BandStrips.Strip> strips = new ArrayList<>();
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (CellSummary cell : cells) {
      List<MetricSeries> series =
          cell.cell().runs().stream()
              .filter(run -> run.status() == Status.COMPLETED)
              .flatMap(run -> run.series(metric).stream())
              .toList();
      List<SeedBands.Point> points = SeedBands.over(series, POINTS).points();
      for (SeedBands.Point point : points) {
        low = Math.min(low, point.min());
        high = Math.max(high, point.max());
      }
      strips.add(
          new BandStrips.Strip(
              label(cell, cells),
              points.stream()
                  .map(
                      point ->
                          new BandStrips.Point(
                              (long) point.step(), point.min(), point.median(), point.max()))
                  .toList()));
    }
    ValueAxis values = metric.isAccuracy() ? ValueAxis.shares() : new ValueAxis(low, high);
    BandStrips plot = new BandStrips(width, steps, values);
    strips.forEach(plot::add);
    return plot.render();
  }

  private static List<String> forest(
      List<CellSummary> cells, MetricName metric, StepAxis steps, int width) {
    ForestPlot plot = new ForestPlot(width, steps);
    for (CellSummary cell : cells) {
      List<Waiting> waiting = CellSummary.waiting(cell.cell(), metric, StudyText.LEVEL);
      if (!waiting.isEmpty()) {
        KaplanMeier times = KaplanMeier.of(waiting);
        plot.add(
            new ForestPlot.Row(
                label(cell, cells),
                steps(waiting, true),
                steps(waiting, false),
                times.median(),
                times.medianInterval().low(),
                times.medianInterval().high()));
      }
    }
    return plot.render();
  }

  private static List<Long> steps(List<Waiting> waiting, boolean reached) {
    return waiting.stream()
        .filter(seed -> seed.reached() == reached)
        .map(seed -> Math.round(seed.step()))
        .toList();
  }

  /** What tells a cell from the others: axes that have one value only do not. */
  private static String label(CellSummary cell, List<CellSummary> cells) {
    SortedMap<String, String> telling = new TreeMap<>(cell.cell().axes());
    telling
        .entrySet()
        .removeIf(
            axis ->
                cells.size() > 1
                    && cells.stream()
                        .allMatch(
                            other ->
                                axis.getValue().equals(other.cell().axes().get(axis.getKey()))));
    String name = Printable.of(StudyText.name(telling));
    return name.length() <= LONGEST_LABEL
        ? name
        : "…" + name.substring(name.length() - LONGEST_LABEL + 1);
  }
}
