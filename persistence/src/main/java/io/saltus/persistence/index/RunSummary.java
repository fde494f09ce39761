package io.saltus.persistence.index;

import io.saltus.experiment.RunId;
import io.saltus.experiment.event.RunEvent.ForkOrigin;
import io.saltus.experiment.spec.ExperimentSpec;
import io.saltus.persistence.projection.RunState;
import io.saltus.persistence.projection.RunStatus;
import java.util.Optional;

/**
 * What a list shows of a run.
 *
 * @param offset of its submission in the journal, which is the order of lists
 * @param deleted then nothing else counts but the name, which stays taken
 * @param archived whether people have put it away
 * @param parent the run that it was forked from
 * @param step the last that was recorded; -1 when there is none
 * @param steps the last at most
 * @param seed of its initial values
 * @param last the last value of each scalar metric
 */
public record RunSummary(
    RunId run,
    long offset,
    RunStatus status,
    boolean deleted,
    boolean archived,
    Optional<RunId> parent,
    long step,
    long steps,
    long seed,
    String experiment,
    LastValues last) {

  /**
   * That of a state.
   *
   * @param offset of its submission
   * @param state with at least its submission
   */
  public static RunSummary of(RunState state, long offset) {
    ExperimentSpec spec = state.submission().orElseThrow().spec();
    return new RunSummary(
        state.run().orElseThrow(),
        offset,
        state.status(),
        state.deleted(),
        state.annotations().archived(),
        state.parent().map(ForkOrigin::run),
        state.step(),
        state.steps(),
        spec.seeds().init(),
        spec.experiment(),
        LastValues.of(state.recorded().metrics()));
  }
}
