package io.saltus.app.report;

import io.saltus.app.study.AtWork;
import io.saltus.experiment.RunId;
import io.saltus.experiment.Sha256;
import io.saltus.experiment.event.AnalysisEvent.AnalysisCompleted;
import io.saltus.experiment.jump.Jump;
import io.saltus.persistence.projection.RunState;
import io.saltus.persistence.read.JournalDamagedException;
import io.saltus.persistence.runs.BesideStream;
import io.saltus.persistence.runs.RunReader;
import io.saltus.persistence.runs.StepRange;
import io.saltus.persistence.runs.UnknownEventException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Runs as they are shown, with what has to be read beside their states. */
public final class RunViews {

  private final RunReader runs;
  private final AtWork atWork;
  private final Consumer<RuntimeException> unreadable;

  /**
   * @param atWork who may be; asked only where it matters
   * @param unreadable hears of analyses that cannot be read
   */
  public RunViews(RunReader runs, AtWork atWork, Consumer<RuntimeException> unreadable) {
    this.runs = runs;
    this.atWork = atWork;
    this.unreadable = unreadable;
  }

  /** A run as it is now. */
  public RunView now(RunState state) {
    RunId run = state.run().orElseThrow();
    return new RunView(
        state,
        interrupted(state),
        () -> state.step() < 0 ? Optional.empty() : Optional.of(runs.digest(run)),
        () -> jumps(run));
  }

  /** The same, with nothing taken from a digest that was kept. */
  public RunView replayed(RunState state) {
    RunId run = state.run().orElseThrow();
    return new RunView(state, interrupted(state), () -> digest(run, state), () -> jumps(run));
  }

  /** A run as it was once: what was made of its whole series is not shown beside a part of it. */
  public RunView part(RunState state) {
    RunId run = state.run().orElseThrow();
    return new RunView(state, false, () -> digest(run, state), Optional::empty);
  }

  private boolean interrupted(RunState state) {
    return atWork.isInterrupted(state.run().orElseThrow(), state.status());
  }

  /** Those of the last analysis. */
  private Optional<List<Jump>> jumps(RunId run) {
    try {
      return runs.beside(run, BesideStream.ANALYSIS)
          .last(AnalysisCompleted.class)
          .map(AnalysisCompleted::jumps);
    } catch (JournalDamagedException | UnknownEventException e) {
      unreadable.accept(e);
      return Optional.empty();
    }
  }

  /** That of the part up to a state. */
  private Optional<Sha256> digest(RunId run, RunState state) {
    return state.step() < 0
        ? Optional.empty()
        : Optional.of(runs.computeDigest(run, new StepRange(0, state.step())));
  }
}
