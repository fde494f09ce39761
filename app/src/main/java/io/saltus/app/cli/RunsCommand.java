package io.saltus.app.cli;

import io.saltus.app.filter.Filter;
import io.saltus.app.problem.ExitCode;
import io.saltus.app.problem.Refusal;
import io.saltus.app.report.RunJson;
import io.saltus.app.report.RunTable;
import io.saltus.app.report.RunView;
import io.saltus.experiment.StudyId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
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
        print(sorted);
      }
      return (reading.complete() ? ExitCode.FINE : ExitCode.FAILED).code();
    }
  }

  private void print(List<RunView> views) {
    List<RunView> shown =
        views.stream().filter(view -> !view.state().annotations().archived()).toList();
    if (!shown.isEmpty()) {
      invocation.print(RunTable.lines(shown));
    }
    int archived = views.size() - shown.size();
    if (views.isEmpty()) {
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
