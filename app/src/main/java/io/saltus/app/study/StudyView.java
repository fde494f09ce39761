package io.saltus.app.study;

import io.saltus.analysis.study.CellResults;
import io.saltus.analysis.study.RunResults;
import io.saltus.analysis.study.StudyResults;
import io.saltus.experiment.RunId;
import io.saltus.experiment.StudyId;
import io.saltus.experiment.event.StudyEvent.RunAssigned;
import io.saltus.experiment.event.StudyEvent.StudyOutcome;
import io.saltus.experiment.spec.ExperimentSpec;
import io.saltus.experiment.spec.SpecSchema;
import io.saltus.experiment.spec.Study;
import io.saltus.experiment.spec.StudyPlan;
import io.saltus.persistence.projection.Assignments.Place;
import io.saltus.persistence.projection.RunState;
import io.saltus.persistence.projection.RunStatus;
import io.saltus.persistence.projection.StudyState;
import io.saltus.persistence.runs.RunReader;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;

/**
 * A study as it stands in the journal.
 *
 * @param status where it is in its life, as a word: running, interrupted, paused, completed or
 *     cancelled
 * @param cells in the order of the plan, also those without runs
 */
public record StudyView(StudyId study, StudyState state, String status, List<Cell> cells) {

  /**
   * A cell of the plan.
   *
   * @param axes the values of the axes that apply there
   * @param runs one for each seed, in the order of the plan
   */
  public record Cell(SortedMap<String, String> axes, List<StudyRun> runs) {
    /** Copies the list. */
    public Cell {
      runs = List.copyOf(runs);
    }

    /** How many of its runs are so. */
    public long count(RunResults.Status status) {
      return runs.stream().filter(run -> run.status() == status).count();
    }
  }

  /** Copies the list. */
  public StudyView {
    cells = List.copyOf(cells);
  }

  /**
   * Reads a study with the states of its runs.
   *
   * @param memory of series that were read before
   * @param atWork who may be
   */
  public static StudyView read(
      RunReader runs, SeriesMemory memory, StudyState state, SpecSchema schema, AtWork atWork) {
    StudyPlan plan = StudyPlan.of(state.spec().orElseThrow(), schema);
    List<Cell> cells =
        plan.axes()
            .map(
                axes ->
                    new Cell(
                        axes,
                        plan.seeds().stream()
                            .map(seed -> run(runs, memory, state, axes, seed, atWork))
                            .toList()))
            .toList();
    return new StudyView(state.study().orElseThrow(), state, status(state, atWork), cells);
  }

  private static StudyRun run(
      RunReader runs,
      SeriesMemory memory,
      StudyState state,
      SortedMap<String, String> axes,
      long seed,
      AtWork atWork) {
    Optional<RunId> run = state.assignments().at(new Place(axes, seed)).map(RunAssigned::run);
    Optional<RunState> known = run.filter(runs::exists).map(runs::state);
    boolean goesOn =
        known
            .filter(each -> each.status() == RunStatus.COMPLETED)
            .filter(each -> state.goesOn(run.orElseThrow(), each.step()))
            .isPresent();
    return new StudyRun(
        runs, memory, seed, run, known, run.map(state.refused()::get), goesOn, atWork);
  }

  /** Where a study is in its life, as a word. */
  public static String status(StudyState state, AtWork atWork) {
    if (state.started()) {
      return atWork.study().test(state.study().orElseThrow()) ? "running" : "interrupted";
    }
    return state
        .rest()
        .map(rest -> rest.outcome().name().toLowerCase(Locale.ROOT))
        .orElse(StudyOutcome.PAUSED.name().toLowerCase(Locale.ROOT));
  }

  /** How many of its places have a run of somebody else, which no extension touches. */
  public long others() {
    long others = 0;
    for (RunAssigned assigned : state.assignments().all()) {
      boolean own =
          state.assignments().of(assigned.run()).filter(each -> !each.reused()).isPresent();
      others += own ? 0 : 1;
    }
    return others;
  }

  /** The spec of its plan. */
  public ExperimentSpec spec() {
    return state.spec().orElseThrow();
  }

  /** What its plan says. */
  public Study plan() {
    return spec().study().orElseThrow();
  }

  /** How many of its runs are so. */
  public long count(RunResults.Status status) {
    return cells.stream().mapToLong(cell -> cell.count(status)).sum();
  }

  /** How many runs its plan has. */
  public long runs() {
    return cells.stream().mapToLong(cell -> cell.runs().size()).sum();
  }

  /** What expectations are held against. */
  public StudyResults results() {
    return new StudyResults(
        cells.stream().map(StudyView::results).toList(),
        cells.isEmpty() ? 1 : cells.get(0).runs().size(),
        plan().zip());
  }

  private static CellResults results(Cell cell) {
    return new CellResults(
        cell.axes(), cell.runs().stream().filter(run -> run.run().isPresent()).toList());
  }
}
