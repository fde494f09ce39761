package io.saltus.actors.study;

import io.saltus.experiment.RunId;
import io.saltus.experiment.spec.PlannedRun;

/**
 * Hears how a study goes on. Called by the study's actor, which waits for it to return, so it must
 * not block; what it throws is logged and changes nothing.
 */
public interface StudyListener {

  /**
   * The study is at work.
   *
   * @param runs how many its plan has
   * @param done how many of them have come to their end already
   */
  void started(long runs, long done);

  /** A run was begun, or goes on. */
  void began(RunId run, PlannedRun planned);

  /**
   * A run that is complete goes on to a later last step, because the study was extended; {@link
   * #began} follows.
   *
   * @param told whether it was told before that the run has come to its end
   */
  default void extended(RunId run, PlannedRun planned, long steps, boolean told) {}

  /** A finished run of somebody else stands at a place of the plan. */
  void reused(RunId run, PlannedRun planned);

  /** A run came to rest, and what follows on that is done. */
  void rested(RunRest rest);

  /** What follows on the end of a run could not be done; the run itself is complete. */
  default void notConcluded(RunId run, String why) {}

  /** A run could not even be begun. */
  void refused(RunId run, String reason);
}
