package io.saltus.app.study;

import io.saltus.experiment.RunId;
import io.saltus.experiment.StudyId;
import io.saltus.persistence.projection.RunStatus;
import java.util.function.Predicate;

/**
 * Who may be at work. A journal alone does not say: an attempt that is open in it is one of a run
 * that computes now, or of one whose process is gone.
 *
 * @param run whether a process may be at a run that has an open attempt
 * @param study whether a process may be at a study that was begun and does not rest
 */
public record AtWork(Predicate<RunId> run, Predicate<StudyId> study) {

  /** Where a run of this status is in its life, as a word. */
  public String word(RunId of, RunStatus status) {
    return isInterrupted(of, status) ? "interrupted" : status.text();
  }

  /** Whether an attempt of a run is open although nobody can be at it. */
  public boolean isInterrupted(RunId of, RunStatus status) {
    return status == RunStatus.RUNNING && !run.test(of);
  }
}
