package io.saltus.app.cli;

import io.saltus.app.filter.Filter;
import io.saltus.app.filter.RunFilters;
import io.saltus.app.filter.RunOrdering;
import io.saltus.app.filter.Statuses;
import io.saltus.app.problem.ExitCode;
import io.saltus.app.problem.Refusal;
import io.saltus.app.report.RunJson;
import io.saltus.app.report.RunTable;
import io.saltus.app.report.RunView;
import io.saltus.experiment.StudyId;
import io.saltus.persistence.index.RunSummary;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lists runs. */
@Command(name = "runs", description = "List the runs of a home, in the order of submission.")
final class RunsCommand implements Callable<Integer> {

  private final Invocation invocation;

  @Option(names = "--experiment", paramLabel = "X", description = "Only those of an experiment.")
  private Optional<String> experiment = Optional.empty();

  @Option(names = "--status", paramLabel = "S", description = "Only those of a status.")
  private Optional<String> status = Optional.empty();

  @Option(names = "--tag", paramLabel = "KEY=VALUE", description = "Only those with a tag.")
  private List<String> tags = new ArrayList<>();

  @Option(
      names = "--sort",
      paramLabel = "KEY",
      description = "submitted, or what --where can ask for, as step; -step: greatest first.")
  private String sort = "submitted";

  @Option(names = "--study", paramLabel = "S", description = "Only those of a study.")
  private Optional<String> study = Optional.empty();

  @Option(
      names = "--where",
      paramLabel = "EXPR",
      description = "Only those that fit, as in 'status:completed AND seed>1'.")
  private Optional<String> where = Optional.empty();

  RunsCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() {
    boolean json = invocation.json();
    Map<String, String> wanted = Arguments.tags(tags);
    Statuses.check("--status", status);
    Optional<Filter> filter = where.map(RunFilters::parse);
    try (Reading reading = Reading.open(invocation)) {
      if (!json && filter.isEmpty() && wanted.isEmpty() && RunOrdering.isOfSubmission(sort)) {
        return atAGlance(reading);
      }
      List<RunView> all = reading.views();
      RunFilters filters = new RunFilters(all, invocation::programs);
      RunOrdering ordering = RunOrdering.of(sort, filters);
      List<RunView> meant = filter.map(filters::select).orElse(all);
      Optional<Set<String>> members = study.map(text -> members(reading, text));
      List<RunView> views =
          meant.stream()
              .filter(view -> experiment.map(view.spec().experiment()::equals).orElse(true))
              .filter(view -> status.map(view.status()::equals).orElse(true))
              .filter(view -> members.map(runs -> runs.contains(view.run())).orElse(true))
              .filter(view -> has(view, wanted))
              .toList();
      List<RunView> sorted = ordering.sort(views);
      if (json) {
        sorted.forEach(view -> invocation.print(RunJson.line(view)));
      } else {
        List<RunSummary> summaries =
            sorted.stream().map(view -> RunSummary.of(view.state(), 0)).toList();
        print(summaries, reading.statuses());
      }
      return end(reading);
    }
  }

  private static int end(Reading reading) {
    return (reading.complete() ? ExitCode.FINE : ExitCode.FAILED).code();
  }

  /** What needs no more of a run than the table shows. */
  private int atAGlance(Reading reading) {
    List<RunSummary> all = reading.summaries();
    Optional<Set<String>> members = study.map(text -> members(reading, text));
    Function<RunSummary, String> statuses = reading.statuses();
    List<RunSummary> meant =
        new ArrayList<>(
            all.stream()
                .filter(run -> experiment.map(run.experiment()::equals).orElse(true))
                .filter(run -> status.map(statuses.apply(run)::equals).orElse(true))
                .filter(run -> members.map(own -> own.contains(run.run().value())).orElse(true))
                .toList());
    if (RunOrdering.isDescending(sort)) {
      Collections.reverse(meant);
    }
    print(meant, statuses);
    return end(reading);
  }

  private void print(List<RunSummary> runs, Function<RunSummary, String> statuses) {
    List<RunSummary> shown = runs.stream().filter(run -> !run.archived()).toList();
    if (!shown.isEmpty()) {
      invocation.print(RunTable.lines(shown, statuses));
    }
    int archived = runs.size() - shown.size();
    if (runs.isEmpty()) {
      invocation.note("saltus: no runs");
    } else if (archived > 0) {
      invocation.note("saltus: " + archived + " archived, shown with --format json");
    }
  }

  private static Set<String> members(Reading reading, String text) {
    StudyId study =
        reading
            .studies()
            .resolve(text)
            .orElseThrow(
                () ->
                    Refusal.wrong(
                        "there is no study '" + text + "'", "--study", "See 'saltus studies'."));
    Set<String> members = new HashSet<>();
    reading
        .studies()
        .state(study)
        .assignments()
        .all()
        .forEach(each -> members.add(each.run().value()));
    return members;
  }

  private static boolean has(RunView view, Map<String, String> wanted) {
    return view.state().annotations().tags().entrySet().containsAll(wanted.entrySet());
  }
}
