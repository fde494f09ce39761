package io.saltus.bench.judge.tcpd;

import static io.saltus.bench.judge.ground.Table.met;
import static io.saltus.bench.judge.ground.Table.number;

import io.saltus.analysis.change.ChangeModel;
import io.saltus.bench.judge.ground.JudgeOptions;
import io.saltus.bench.judge.ground.Part;
import io.saltus.bench.judge.ground.Table;
import io.saltus.bench.judge.tcpd.Grid.Axes;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/** The model {@code auto} with its one setting on series that people have marked. */
public final class TcpdPart implements Part {

  private static final double ASKED_F1 = 0.80;
  private static final double ASKED_COVERING = 0.70;

  @Override
  public List<String> judge(JudgeOptions options, Consumer<String> say) throws Exception {
    Path directory =
        options
            .tcpd()
            .orElseThrow(() -> new IllegalArgumentException("tcpd needs --tcpd DIR, its series"));
    List<AnnotatedSeries> all = TcpdDirectory.read(directory);
    List<AnnotatedSeries> series = all.stream().filter(each -> each.dimensions() == 1).toList();
    List<String> skipped =
        all.stream().filter(each -> each.dimensions() > 1).map(AnnotatedSeries::name).toList();
    if (series.isEmpty()) {
      throw new IllegalArgumentException(directory + " holds no series of one dimension");
    }
    say.accept("tcpd: %d series".formatted(series.size()));
    List<Row> rows = series.stream().map(Row::of).toList();
    List<String> lines = new ArrayList<>();
    if (!skipped.isEmpty()) {
      lines.add(
          "Left out, since they have several dimensions: " + String.join(", ", skipped) + ".");
      lines.add("");
    }
    lines.addAll(scores(rows).lines());
    lines.add("");
    lines.addAll(differences(rows, options.seed()).lines());
    lines.add("");
    lines.addAll(choice(series).lines());
    return lines;
  }

  private record Row(AnnotatedSeries series, Agreement ours, Agreement zero, Agreement squares) {

    static Row of(AnnotatedSeries series) {
      return new Row(
          series,
          Finder.usual(ChangeModel.AUTO).on(series),
          Finder.ZERO.on(series),
          Finder.usual(ChangeModel.MEAN).on(series));
    }
  }

  private static Table scores(List<Row> rows) {
    Table table =
        Table.of(
            "series",
            "n",
            "F1",
            "covering",
            "no changes: F1",
            "covering",
            "`mean`: F1",
            "covering",
            "asked",
            "met");
    for (Row row : rows) {
      row(table, row.series().name() + (row.series().isCalm() ? " (no change)" : ""), List.of(row));
    }
    Predicate<Row> calm = row -> row.series().isCalm();
    row(table, "mean of those with changes", rows.stream().filter(calm.negate()).toList());
    row(table, "mean of those without", rows.stream().filter(calm).toList());
    double f1 = mean(rows, row -> row.ours().f1());
    double covering = mean(rows, row -> row.ours().covering());
    table.row(
        cells(
            "**mean of all**",
            rows,
            "≥ 0.80 / 0.70",
            met(f1 >= ASKED_F1 && covering >= ASKED_COVERING)));
    return table;
  }

  private static void row(Table table, String name, List<Row> rows) {
    table.row(cells(name, rows, "", ""));
  }

  private static Object[] cells(String name, List<Row> rows, String asked, String met) {
    return new Object[] {
      name,
      rows.size() == 1 ? Integer.toString(rows.get(0).series().size()) : rows.size() + " series",
      number(mean(rows, row -> row.ours().f1()), 3),
      number(mean(rows, row -> row.ours().covering()), 3),
      number(mean(rows, row -> row.zero().f1()), 3),
      number(mean(rows, row -> row.zero().covering()), 3),
      number(mean(rows, row -> row.squares().f1()), 3),
      number(mean(rows, row -> row.squares().covering()), 3),
      asked,
      met
    };
  }

  private static double mean(List<Row> rows, ToDoubleFunction<Row> score) {
    return rows.stream().mapToDouble(score).average().orElse(Double.NaN);
  }

  private static Table differences(List<Row> rows, long seed) {
    Table table = Table.of("`auto` against", "F1 more", "covering more");
    table.row(
        "no changes",
        difference(rows, seed, row -> row.ours().f1(), row -> row.zero().f1()),
        difference(rows, seed, row -> row.ours().covering(), row -> row.zero().covering()));
    table.row(
        "`mean`, squared errors with its default penalty",
        difference(rows, seed, row -> row.ours().f1(), row -> row.squares().f1()),
        difference(rows, seed, row -> row.ours().covering(), row -> row.squares().covering()));
    return table;
  }

  private static String difference(
      List<Row> rows, long seed, ToDoubleFunction<Row> ours, ToDoubleFunction<Row> theirs) {
    return PairedBootstrap.of(
            rows.stream().mapToDouble(ours).toArray(),
            rows.stream().mapToDouble(theirs).toArray(),
            seed)
        .text();
  }

  private static Table choice(List<AnnotatedSeries> series) {
    Table table =
        Table.of("nested leave-one-out over", "best on all", "F1", "covering", "asked", "met");
    choice(table, "its choice, reconstructed", Axes.RECONSTRUCTED, series);
    for (Axes axes : Axes.OTHERS) {
      choice(table, "others", axes, series);
    }
    return table;
  }

  private static void choice(Table table, String what, Axes axes, List<AnnotatedSeries> series) {
    Grid grid = Grid.of(axes, series);
    List<Agreement> left = grid.leaveOneOut();
    double f1 = left.stream().mapToDouble(Agreement::f1).average().orElseThrow();
    double covering = left.stream().mapToDouble(Agreement::covering).average().orElseThrow();
    table.row(
        "%d: %s, floors %s–%s, penalties %.0f–%.0f, slopes %.0f–%.0f"
            .formatted(
                grid.settings().size(),
                what,
                axes.floors()[0],
                axes.floors()[axes.floors().length - 1],
                axes.penalties()[0],
                axes.penalties()[axes.penalties().length - 1],
                axes.slopes()[0],
                axes.slopes()[axes.slopes().length - 1]),
        grid.best().text(),
        number(f1, 3),
        number(covering, 3),
        "≥ 0.80 / 0.70",
        met(f1 >= ASKED_F1 && covering >= ASKED_COVERING));
  }
}
