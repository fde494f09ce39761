package io.saltus.actors;

import io.saltus.experiment.event.RunEvent;
import io.saltus.experiment.event.SupervisorEvent.RunOutcome;
import io.saltus.experiment.metric.Catalogue;
import io.saltus.experiment.session.UntilProgress;
import java.util.List;
import java.util.Optional;

/** What a trainer knows from the journal alone. */
record TrainerState(
    TrainerPhase atRest,
    Optional<RunOutcome> outcome,
    long step,
    long lastStep,
    int attempts,
    UntilProgress until,
    Optional<Catalogue> catalogue) {

  static TrainerState empty() {
    return new TrainerState(
        TrainerPhase.UNKNOWN,
        Optional.empty(),
        -1,
        -1,
        0,
        UntilProgress.of(List.of()),
        Optional.empty());
  }

  TrainerState apply(RunEvent event) {
    if (event instanceof RunEvent.RunSubmitted submitted) {
      return new TrainerState(
          TrainerPhase.QUEUED,
          outcome,
          step,
          submitted.spec().steps(),
          0,
          UntilProgress.of(submitted.spec().until()),
          catalogue);
    } else if (event instanceof RunEvent.AttemptStarted started) {
      return new TrainerState(
          TrainerPhase.INTERRUPTED,
          Optional.empty(),
          step,
          lastStep,
          started.attempt(),
          until,
          Optional.of(started.catalogue()));
    } else if (event instanceof RunEvent.MetricsRecorded recorded) {
      return new TrainerState(
          atRest,
          outcome,
          recorded.frame().until(),
          lastStep,
          attempts,
          until.observe(recorded.frame()),
          catalogue);
    } else if (event instanceof RunEvent.RunPaused) {
      return at(TrainerPhase.RESTING, RunOutcome.PAUSED);
    } else if (event instanceof RunEvent.RunCompleted) {
      return at(TrainerPhase.ENDED, RunOutcome.COMPLETED);
    } else if (event instanceof RunEvent.RunFailed) {
      return at(TrainerPhase.ENDED, RunOutcome.FAILED);
    } else if (event instanceof RunEvent.RunCancelled) {
      return at(TrainerPhase.ENDED, RunOutcome.CANCELLED);
    }
    return this;
  }

  private TrainerState at(TrainerPhase phase, RunOutcome settled) {
    return new TrainerState(
        phase, Optional.of(settled), step, lastStep, attempts, until, catalogue);
  }
}
