package io.saltus.app.study;

import io.saltus.analysis.jump.MetricSeries;
import io.saltus.analysis.study.RunResults;
import io.saltus.app.jumps.RecordedSeries;
import io.saltus.experiment.RunId;
import io.saltus.experiment.event.AnalysisEvent.AnalysisCompleted;
import io.saltus.experiment.jump.Jump;
import io.saltus.experiment.metric.MetricName;
import io.saltus.persistence.projection.RunState;
import io.saltus.persistence.projection.RunStatus;
import io.saltus.persistence.runs.BesideStream;
import io.saltus.persistence.runs.RunReader;
import java.util.List;
import java.util.Optional;

/**
 * A place of a study's plan with what is known of its run. Its series are read when they are asked
 * for.
 */
public final class StudyRun implements RunResults {

  private final RunReader runs;
  private final SeriesMemory memory;
  private final long seed;
  private final Optional<RunId> run;
  private final Optional<RunState> state;
  private final Optional<String> refused;
  private final boolean goesOn;
  private final AtWork atWork;

  /**
   * @param memory of series that were read before
   * @param run that stands there; empty while there is none
   * @param state of that run; empty while it is not begun
   * @param refused why it could not be begun
   * @param goesOn whether it is complete and the study was extended beyond its last step
   * @param atWork who may be
   */
  StudyRun(
      RunReader runs,
      SeriesMemory memory,
      long seed,
      Optional<RunId> run,
      Optional<RunState> state,
      Optional<String> refused,
      boolean goesOn,
      AtWork atWork) {
    this.runs = runs;
    this.memory = memory;
    this.seed = seed;
    this.run = run;
    this.state = state;
    this.refused = refused;
    this.goesOn = goesOn;
    this.atWork = atWork;
  }

  @Override
  public long seed() {
    return seed;
  }

  /** The run that stands there; empty while there is none. */
  public Optional<RunId> run() {
    return run;
  }

  /** The state of the run; empty while it is not begun. */
  public Optional<RunState> state() {
    return state;
  }

  /** Where the run is in its life, as a word; empty while it is not begun. */
  public Optional<String> word() {
    return state.map(known -> atWork.word(known.run().orElseThrow(), known.status()));
  }

  /** Why it is not complete and will not be by itself; empty where that is not so. */
  public Optional<String> failure() {
    return refused.or(
        () ->
            state
                .filter(known -> status() == Status.FAILED)
                .map(
                    known ->
                        known
                            .error()
                            .map(error -> error.cause().text() + ": " + error.message())
                            .orElse(known.status().text())));
  }

  @Override
  public Status status() {
    if (refused.isPresent()) {
      return Status.FAILED;
    } else if (goesOn) {
      return Status.UNFINISHED;
    }
    RunStatus status = state.map(RunState::status).orElse(RunStatus.QUEUED);
    return switch (status) {
      case COMPLETED, IMPORTED -> Status.COMPLETED;
      case FAILED, CANCELLED -> Status.FAILED;
      case QUEUED, RUNNING, PAUSED -> Status.UNFINISHED;
    };
  }

  @Override
  public double lastStep() {
    return Math.max(0, state.map(RunState::step).orElse(0L));
  }

  @Override
  public Optional<MetricSeries> series(MetricName metric) {
    return state
        .filter(known -> known.recorded().metrics().containsKey(metric))
        .map(
            known ->
                memory.of(
                    known, metric, () -> RecordedSeries.read(runs, known, List.of(metric)).get(0)));
  }

  @Override
  public Optional<List<Jump>> jumps() {
    return run.filter(known -> state.isPresent())
        .flatMap(
            known ->
                runs.beside(known, BesideStream.ANALYSIS)
                    .last(AnalysisCompleted.class)
                    .map(AnalysisCompleted::jumps));
  }
}
