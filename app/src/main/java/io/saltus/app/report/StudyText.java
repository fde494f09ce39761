package io.saltus.app.report;

import io.saltus.analysis.study.KaplanMeier;
import io.saltus.analysis.study.RunResults.Status;
import io.saltus.analysis.study.SeedBootstrap;
import io.saltus.analysis.study.Verdict;
import io.saltus.app.report.CellTable.Column;
import io.saltus.app.study.CellSummary;
import io.saltus.app.study.StudyRun;
import io.saltus.app.study.StudyView;
import io.saltus.app.text.Figures;
import io.saltus.app.text.Paragraph;
import io.saltus.experiment.event.StudyEvent.StudyRested;
import io.saltus.experiment.jump.Interval;
import io.saltus.experiment.metric.MetricName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;

/** Studies for people. */
public final class StudyText {

  private static final int WIDTH = 80;
  private static final int FAILURES_SHOWN = 10;

  /** The level of an accuracy at which it is said to be reached. */
  public static final double LEVEL = 0.99;

  private StudyText() {}

  /** One line on the whole, and why it rests. */
  public static List<String> heading(StudyView view) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "%s: %s, %s of %s runs complete%s"
            .formatted(
                view.study(),
                view.status(),
                Figures.whole(view.count(Status.COMPLETED)),
                Figures.whole(view.runs()),
                view.count(Status.FAILED) == 0
                    ? ""
                    : ", " + Figures.whole(view.count(Status.FAILED)) + " failed"));
    view.state().extension().ifPresent(steps -> lines.add(extended(view, steps)));
    view.state()
        .rest()
        .map(StudyRested::reason)
        .filter(reason -> !reason.isEmpty() && !view.state().started())
        .ifPresent(reason -> lines.addAll(Paragraph.of(reason, "  ", WIDTH)));
    return lines;
  }

  private static String extended(StudyView view, long steps) {
    long others = view.others();
    String left =
        others == 0
            ? ""
            : "; %s of others %s left at %s own end"
                .formatted(
                    others == 1 ? "1 run" : Figures.whole(others) + " runs",
                    others == 1 ? "is" : "are",
                    others == 1 ? "its" : "their");
    return "  extended: its runs go on to step " + Figures.whole(steps) + left;
  }

  /** The cells, a row each: means over seeds with their intervals, and when a level is reached. */
  public static List<String> table(List<CellSummary> cells) {
    List<String> paths = axes(cells);
    List<String> names = shortNames(paths);
    List<Column> axes = new ArrayList<>();
    for (int i = 0; i < paths.size(); i++) {
      String path = paths.get(i);
      axes.add(new Column(names.get(i), cell -> cell.cell().axes().getOrDefault(path, "-")));
    }
    List<Column> about =
        List.of(
            new Column(">runs", cell -> cell.n() + "/" + cell.cell().runs().size()),
            new Column(">failed", cell -> Long.toString(cell.failed())));
    Optional<MetricName> main = main(cells);
    List<Column> measures = new ArrayList<>();
    main.ifPresent(name -> measures.add(new Column(name + ", mean", cell -> mean(cell, name))));
    main.filter(MetricName::isAccuracy)
        .ifPresent(
            name -> measures.add(new Column("step at " + LEVEL, cell -> reached(cell, name))));
    List<String> lines = new ArrayList<>(new CellTable(cells, WIDTH).lines(axes, about, measures));
    if (cells.stream().anyMatch(cell -> cell.n() > 1)) {
      lines.add("");
      lines.addAll(
          Paragraph.of(
              "In brackets 95 % intervals over seeds: of means by the bootstrap, of steps for the"
                  + " median, where seeds that did not get there count as later than their last"
                  + " step.",
              "", WIDTH));
    }
    return lines;
  }

  /** The metric that a table is about: that of validation, accuracy before loss. */
  public static Optional<MetricName> main(List<CellSummary> cells) {
    Set<MetricName> recorded = new TreeSet<>();
    cells.forEach(cell -> recorded.addAll(cell.metrics().keySet()));
    List<MetricName> shown = RunPlot.main(recorded);
    return shown.isEmpty() ? Optional.empty() : Optional.of(shown.get(shown.size() - 1));
  }

  private static List<String> axes(List<CellSummary> cells) {
    Set<String> paths = new TreeSet<>();
    cells.forEach(cell -> paths.addAll(cell.cell().axes().keySet()));
    return List.copyOf(paths);
  }

  /** The last part of each path, where that is not ambiguous. */
  private static List<String> shortNames(List<String> paths) {
    return paths.stream()
        .map(
            path -> {
              String last = last(path);
              boolean alone = paths.stream().map(StudyText::last).filter(last::equals).count() == 1;
              return alone ? last : path;
            })
        .toList();
  }

  private static String last(String path) {
    return path.substring(path.lastIndexOf('.') + 1);
  }

  /** A cell in a few characters: {@code weight-decay 0.1}. */
  public static String name(SortedMap<String, String> axes) {
    return axes.isEmpty()
        ? "all"
        : String.join(
            ", ",
            axes.entrySet().stream()
                .map(each -> last(each.getKey()) + " " + each.getValue())
                .toList());
  }

  private static String mean(CellSummary cell, MetricName name) {
    SeedBootstrap.Estimate estimate = cell.metrics().get(name);
    return estimate == null
        ? "-"
        : Figures.real(estimate.value()) + between(estimate.interval(), true);
  }

  private static String reached(CellSummary cell, MetricName name) {
    return CellSummary.reaching(cell.cell(), name, LEVEL).map(StudyText::reached).orElse("-");
  }

  private static String reached(KaplanMeier waited) {
    String share = waited.reached() == waited.n() ? "" : " " + waited.reached() + "/" + waited.n();
    if (Double.isInfinite(waited.median())) {
      return (waited.reached() == 0 ? "never" : "most never") + share;
    }
    return Figures.whole(Math.round(waited.median()))
        + between(waited.medianInterval(), false)
        + share;
  }

  private static String between(Interval interval, boolean real) {
    return Double.isNaN(interval.low())
        ? ""
        : " (" + end(interval.low(), real) + " to " + end(interval.high(), real) + ")";
  }

  private static String end(double value, boolean real) {
    if (Double.isInfinite(value)) {
      return "∞";
    }
    return real ? Figures.real(value) : Figures.whole(Math.round(value));
  }

  /** The runs that did not come to a good end, and why. */
  public static List<String> failures(StudyView view) {
    List<String> lines = new ArrayList<>();
    List<StudyRun> failed =
        view.cells().stream()
            .flatMap(cell -> cell.runs().stream())
            .filter(run -> run.failure().isPresent())
            .toList();
    failed.stream()
        .limit(FAILURES_SHOWN)
        .forEach(
            run ->
                lines.addAll(
                    Paragraph.of(
                        run.run().map(Object::toString).orElse("?")
                            + ": "
                            + run.failure().orElseThrow(),
                        "  ",
                        WIDTH)));
    if (failed.size() > FAILURES_SHOWN) {
      lines.add("  … and " + (failed.size() - FAILURES_SHOWN) + " more");
    }
    if (!lines.isEmpty()) {
      lines.add(0, "failed:");
    }
    return lines;
  }

  /** Expectations, each with its evidence. */
  public static List<String> verdicts(List<Verdict> verdicts) {
    List<String> lines = new ArrayList<>();
    for (Verdict verdict : verdicts) {
      String outcome =
          switch (verdict.outcome()) {
            case OK -> "ok       ";
            case NOT -> "not      ";
            case UNDECIDED -> "undecided";
          };
      lines.add(outcome + " " + verdict.id());
      lines.addAll(Paragraph.of(verdict.title(), "          ", WIDTH));
      lines.addAll(Paragraph.of(verdict.evidence(), "          ", WIDTH));
    }
    return lines;
  }
}
