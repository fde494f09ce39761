package io.saltus.actors.study;

import io.saltus.experiment.RunId;
import io.saltus.experiment.spec.PlannedRun;
import org.slf4j.Logger;

/** Logs what a listener throws: a study does not end of its audience. */
final class SafeListener implements StudyListener {

  private final StudyListener listener;
  private final Logger log;

  SafeListener(StudyListener listener, Logger log) {
    this.listener = listener;
    this.log = log;
  }

  private void tell(Runnable news) {
    try {
      news.run();
    } catch (RuntimeException e) {
      log.warn("who listens to a study failed", e);
    }
  }

  @Override
  public void started(long runs, long done) {
    tell(() -> listener.started(runs, done));
  }

  @Override
  public void began(RunId run, PlannedRun planned) {
    tell(() -> listener.began(run, planned));
  }

  @Override
  public void extended(RunId run, PlannedRun planned, long steps, boolean told) {
    tell(() -> listener.extended(run, planned, steps, told));
  }

  @Override
  public void reused(RunId run, PlannedRun planned) {
    tell(() -> listener.reused(run, planned));
  }

  @Override
  public void rested(RunRest rest) {
    tell(() -> listener.rested(rest));
  }

  @Override
  public void notConcluded(RunId run, String why) {
    tell(() -> listener.notConcluded(run, why));
  }

  @Override
  public void refused(RunId run, String reason) {
    tell(() -> listener.refused(run, reason));
  }
}
