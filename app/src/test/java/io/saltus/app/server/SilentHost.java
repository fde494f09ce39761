package io.saltus.app.server;

import io.saltus.actors.RunListener;
import io.saltus.actors.study.RunRest;
import io.saltus.app.Guests;
import io.saltus.experiment.RunId;
import io.saltus.experiment.spec.PlannedRun;

/** Takes runs and studies, and tells nobody of them. */
final class SilentHost implements Guests.Host {

  @Override
  public RunListener alone(RunId run, long steps) {
    return RunListener.none();
  }

  @Override
  public void notBegun(RunId run) {}

  @Override
  public RunListener listener(RunId run, PlannedRun planned) {
    return RunListener.none();
  }

  @Override
  public void rested(RunRest rest) {}

  @Override
  public void started(long all, long already) {}

  @Override
  public void began(RunId run, PlannedRun planned) {}

  @Override
  public void extended(RunId run, PlannedRun planned, long steps, boolean told) {}

  @Override
  public void reused(RunId run, PlannedRun planned) {}

  @Override
  public void notConcluded(RunId run, String why) {}

  @Override
  public void refused(RunId run, String reason) {}
}
