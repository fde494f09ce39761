package io.saltus.actors.study;

import io.saltus.experiment.RunId;
import io.saltus.experiment.spec.PlannedRun;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;

/**
 * What a study has done with runs. Nothing here may block: what takes time completes later, on
 * threads of the desk. A stage that fails says in its message what is wrong, for people.
 */
public interface RunDesk {

  /**
   * Reads how runs stand, from the journal.
   *
   * @param costs whether what they have cost is wanted, too, which takes longer; else it is 0
   */
  CompletionStage<Standing> look(List<RunId> runs, boolean costs);

  /**
   * Finds finished runs of the home that compute what {@code planned} says.
   *
   * @return completes with them, the oldest first; with an empty list when there is none
   */
  CompletionStage<List<RunId>> findEqual(PlannedRun planned);

  /**
   * Begins a run, or goes on with it where it is in the journal already; joins it where this
   * process is at work on it.
   *
   * @param extension a later last step, to which a run that is complete below it is extended; never
   *     done to one that has not come to its end
   * @return completes when the run waits for its device
   */
  CompletionStage<RunInHand> begin(RunId run, PlannedRun planned, OptionalLong extension);

  /**
   * Does what follows on the end of a complete run, such as looking for its jumps.
   *
   * @return completes when it is durable
   */
  CompletionStage<Void> finish(RunId run);

  /** Lets a run rest; it settles when it does, and then only. */
  CompletionStage<Void> pause(RunId run, String reason);

  /** Ends a run for good, at work or not. */
  CompletionStage<Void> cancel(RunId run, String reason);

  /** How many hours devices have been in use by what was begun here, until now. */
  double deviceHours();

  /**
   * A run that was accepted.
   *
   * @param rest completes when it has come to rest, however it does
   */
  record RunInHand(CompletionStage<RunRest> rest) {}
}
