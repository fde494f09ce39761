package io.saltus.app.cli;

import io.saltus.analysis.study.RunResults.Status;
import io.saltus.app.report.StudyJson;
import io.saltus.app.study.StudyView;
import io.saltus.app.text.Figures;
import io.saltus.app.text.TextTable;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Lists studies. */
@Command(name = "studies", description = "List the studies of a home, in the order of submission.")
final class StudiesCommand implements Callable<Integer> {

  private final Invocation invocation;

  StudiesCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() {
    boolean json = invocation.json();
    try (Reading reading = Reading.open(invocation)) {
      List<StudyView> views =
          reading.studies().list().stream().map(entry -> reading.study(entry.study())).toList();
      if (json) {
        views.forEach(view -> invocation.print(StudyJson.line(view)));
      } else if (views.isEmpty()) {
        invocation.note("saltus: no studies");
      } else {
        TextTable table = TextTable.of("study", "status", ">complete", ">failed", ">runs");
        views.forEach(
            view ->
                table.row(
                    view.study().value(),
                    view.status(),
                    Figures.whole(view.count(Status.COMPLETED)),
                    Figures.whole(view.count(Status.FAILED)),
                    Figures.whole(view.runs())));
        invocation.print(table.lines());
      }
    }
    return 0;
  }
}
