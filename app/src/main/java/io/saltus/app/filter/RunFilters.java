package io.saltus.app.filter;

import io.saltus.app.problem.Nearest;
import io.saltus.app.problem.Refusal;
import io.saltus.app.report.RunView;
import io.saltus.experiment.session.Program;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/** Keys and filters over the runs of a home, checked against what these runs have. */
public final class RunFilters {

  private final List<RunView> views;
  private final Supplier<List<Program>> programs;

  /**
   * @param views all runs of the home
   * @param programs asked only when a key is none that the runs have
   */
  public RunFilters(List<RunView> views, Supplier<List<Program>> programs) {
    this.views = views;
    this.programs = programs;
  }

  /** Reads a filter and checks its shape, before there are any runs to apply it to. */
  public static Filter parse(String text) {
    try {
      Filter filter = Filter.parse(text);
      filter.terms().stream()
          .filter(term -> term.key().equals("status"))
          .forEach(term -> term.exactText().ifPresent(word -> checkStatus(term, word)));
      return filter;
    } catch (FilterException e) {
      throw Refusal.wrong(
          String.valueOf(e.getMessage()),
          "--where, column " + e.column(),
          "Write it as in --where 'status:completed AND seed>1'.");
    }
  }

  private static void checkStatus(Filter.Term term, String word) {
    Statuses.check("--where, column " + term.column(), Optional.of(word));
  }

  /** Those that a filter means. */
  public List<RunView> select(Filter filter) {
    filter.terms().forEach(term -> check(term.key(), "--where, column " + term.column()));
    return views.stream().filter(view -> filter.matches(RunFields.of(view)::get)).toList();
  }

  /** Refuses a key that no run has or will have. In a home without runs none can be told wrong. */
  public void check(String key, String where) {
    if (views.isEmpty() || RunFields.isTag(key)) {
      return;
    }
    if (views.stream().anyMatch(view -> RunFields.of(view).has(key))) {
      return;
    }
    Set<String> known = new TreeSet<>();
    views.forEach(view -> known.addAll(RunFields.of(view).keys()));
    known.addAll(metrics());
    if (!known.contains(RunFields.metricOf(key))) {
      String question = Nearest.question(key, known);
      throw Refusal.wrong(
          "no run has '" + key + "'",
          where,
          question.isEmpty()
              ? "Use status, step, seed, tag.K, a path of the spec, or a metric."
              : question);
    }
  }

  /** Also those that are still to be recorded. */
  private Set<String> metrics() {
    Set<String> names = new TreeSet<>();
    List<Program> all = programs.get();
    views.stream()
        .map(RunView::spec)
        .distinct()
        .forEach(
            spec ->
                all.stream()
                    .filter(program -> program.supports(spec))
                    .findFirst()
                    .ifPresent(
                        program ->
                            program.metrics(spec).forEach(metric -> names.add(metric.value()))));
    return names;
  }
}
