package io.saltus.app.cli;

import io.saltus.analysis.study.ExpectationCheck;
import io.saltus.analysis.study.RunResults.Status;
import io.saltus.analysis.study.Verdict;
import io.saltus.app.report.StudyJson;
import io.saltus.app.report.StudyPlot;
import io.saltus.app.report.StudyText;
import io.saltus.app.study.CellSummary;
import io.saltus.app.study.StudyView;
import io.saltus.experiment.StudyId;
import java.util.List;

/** What a study shows, printed: cells, pictures, failures, expectations. */
final class StudyReport {

  private static final int WIDTH = 80;

  private final Invocation invocation;
  private final StudyView view;
  private final List<CellSummary> cells;
  private final List<Verdict> verdicts;

  private StudyReport(
      Invocation invocation, StudyView view, List<CellSummary> cells, List<Verdict> verdicts) {
    this.invocation = invocation;
    this.view = view;
    this.cells = cells;
    this.verdicts = verdicts;
  }

  /** Reads a study whole. */
  static StudyReport read(Invocation invocation, Reading reading, StudyId study) {
    StudyView view = reading.study(study);
    return new StudyReport(
        invocation,
        view,
        view.cells().stream().map(CellSummary::of).toList(),
        ExpectationCheck.all(view.plan().expect(), view.results()));
  }

  /**
   * Prints it.
   *
   * @param asserting whether expectations are printed in text, too
   */
  void print(boolean asserting) {
    if (invocation.json()) {
      cells.forEach(cell -> invocation.print(StudyJson.line(cell)));
      invocation.print(StudyJson.lines(verdicts));
      return;
    }
    invocation.print(StudyText.heading(view));
    section(StudyText.table(cells));
    section(StudyPlot.draw(view, cells, WIDTH));
    section(StudyText.failures(view));
    if (asserting) {
      section(
          verdicts.isEmpty() ? List.of("the study expects nothing") : StudyText.verdicts(verdicts));
    }
  }

  private void section(List<String> lines) {
    if (!lines.isEmpty()) {
      invocation.print("");
      invocation.print(lines);
    }
  }

  /** Whether every expectation holds. */
  boolean allHold() {
    return verdicts.stream().allMatch(verdict -> verdict.outcome() == Verdict.Outcome.OK);
  }

  /** Whether a run failed, was cancelled or could not be begun. */
  boolean hasFailures() {
    return view.count(Status.FAILED) > 0;
  }
}
