package io.saltus.app.cli;

import io.saltus.app.problem.Refusal;
import io.saltus.app.report.ComparisonJson;
import io.saltus.app.report.RunComparison;
import io.saltus.app.text.Figures;
import io.saltus.app.text.TextTable;
import io.saltus.experiment.RunId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Shows runs side by side. */
@Command(
    name = "compare",
    description = "Compare runs: specs, inputs, environments, series and level crossings.")
final class CompareCommand implements Callable<Integer> {

  private static final int LONGEST = 24;

  private final Invocation invocation;

  @Parameters(
      paramLabel = "RUN",
      arity = "1..*",
      description = "Two or more: ids, unique prefixes, or @last.")
  private List<String> runs = new ArrayList<>();

  CompareCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() {
    boolean json = invocation.json();
    if (runs.size() < 2) {
      throw Refusal.wrong(
          "one run alone cannot be compared", "saltus compare", "Name two or more.");
    }
    try (Reading reading = Reading.open(invocation)) {
      List<RunId> chosen = runs.stream().map(reading::resolve).toList();
      RunComparison comparison = RunComparison.of(reading.runs(), chosen);
      if (json) {
        invocation.print(ComparisonJson.line(comparison));
      } else {
        print(comparison);
      }
    }
    return 0;
  }

  private void print(RunComparison comparison) {
    section("spec", comparison, comparison.spec());
    section("input", comparison, comparison.inputs());
    section("environment", comparison, comparison.environment());
    for (int i = 0; i < comparison.divergences().size(); i++) {
      RunId first = comparison.runs().get(0);
      RunId other = comparison.runs().get(i + 1);
      invocation.print(
          comparison
              .divergences()
              .get(i)
              .map(
                  found ->
                      "%s and %s differ from step %s on: %s is %s and %s"
                          .formatted(
                              first,
                              other,
                              Figures.whole(found.step()),
                              found.subject(),
                              found.recorded(),
                              found.recomputed()))
              .orElseGet(
                  () -> first + " and " + other + " are equal in every step that both recorded"));
    }
    List<List<String>> rows = new ArrayList<>();
    comparison
        .crossings()
        .forEach(
            (level, steps) ->
                rows.add(
                    row(
                        level.metric() + " ≥ " + level.level(),
                        steps.stream().map(step -> step.map(Figures::whole)).toList())));
    table("first step", comparison, rows);
  }

  private void section(
      String name, RunComparison comparison, Map<String, List<Optional<String>>> values) {
    List<List<String>> rows = new ArrayList<>();
    values.forEach((key, row) -> rows.add(row(key, row)));
    table(name, comparison, rows);
  }

  private void table(String name, RunComparison comparison, List<List<String>> rows) {
    if (rows.isEmpty()) {
      return;
    }
    List<String> header = new ArrayList<>();
    header.add(name);
    comparison.runs().forEach(run -> header.add(run.value()));
    TextTable table = TextTable.of(header.toArray(String[]::new));
    rows.forEach(row -> table.row(row.toArray(String[]::new)));
    invocation.print(table.lines());
    invocation.print("");
  }

  private static List<String> row(String key, List<Optional<String>> values) {
    List<String> row = new ArrayList<>();
    row.add(key);
    values.forEach(value -> row.add(cut(value.orElse("–"))));
    return row;
  }

  private static String cut(String text) {
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST - 1) + "…";
  }
}
