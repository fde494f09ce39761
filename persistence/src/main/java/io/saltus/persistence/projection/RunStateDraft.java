package io.saltus.persistence.projection;

import io.saltus.experiment.Sha256;
import io.saltus.experiment.event.AttemptEnd;
import io.saltus.experiment.event.RunEvent;
import io.saltus.experiment.event.RunEvent.AttemptEnded;
import io.saltus.experiment.event.RunEvent.AttemptStarted;
import io.saltus.experiment.event.RunEvent.CatchUpVerified;
import io.saltus.experiment.event.RunEvent.CheckpointDropped;
import io.saltus.experiment.event.RunEvent.CheckpointRejected;
import io.saltus.experiment.event.RunEvent.CheckpointSaved;
import io.saltus.experiment.event.RunEvent.Diverged;
import io.saltus.experiment.event.RunEvent.HistoryRewound;
import io.saltus.experiment.event.RunEvent.MetricsRecorded;
import io.saltus.experiment.event.RunEvent.NonFiniteObserved;
import io.saltus.experiment.event.RunEvent.RunAnnotated;
import io.saltus.experiment.event.RunEvent.RunCancelled;
import io.saltus.experiment.event.RunEvent.RunCompleted;
import io.saltus.experiment.event.RunEvent.RunDeleted;
import io.saltus.experiment.event.RunEvent.RunExtended;
import io.saltus.experiment.event.RunEvent.RunFailed;
import io.saltus.experiment.event.RunEvent.RunImported;
import io.saltus.experiment.event.RunEvent.RunPaused;
import io.saltus.experiment.event.RunEvent.RunResumed;
import io.saltus.experiment.event.RunEvent.RunSubmitted;
import io.saltus.experiment.metric.Catalogue;
import io.saltus.experiment.provenance.Fingerprint;
import io.saltus.experiment.session.UntilProgress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** A state of a run on its way to the next one; lives for one event. */
final class RunStateDraft {

  private Optional<RunSubmitted> submission;
  private Optional<RunImported> imported;
  private RunStatus status;
  private long steps;
  RecordedMetrics recorded;
  private List<AttemptState> attempts;
  private List<CheckpointState> checkpoints;
  private List<Long> completions;
  private Annotations annotations;
  private Optional<RunError> error;
  private Optional<NonFiniteObserved> nonFinite;
  private Optional<Diverged> diverged;
  private int rewinds;
  private boolean deleted;
  private long lastSequence;
  private long events;
  Optional<Sha256> seriesDigest;

  RunStateDraft(RunState state) {
    submission = state.submission();
    imported = state.imported();
    status = state.status();
    steps = state.steps();
    recorded = state.recorded();
    attempts = state.attempts();
    checkpoints = state.checkpoints();
    completions = state.completions();
    annotations = state.annotations();
    error = state.error();
    nonFinite = state.nonFinite();
    diverged = state.diverged();
    rewinds = state.rewinds();
    deleted = state.deleted();
    lastSequence = state.lastSequence();
    events = state.events();
    seriesDigest = state.seriesDigest();
  }

  RunState freeze() {
    return new RunState(
        submission,
        imported,
        status,
        steps,
        recorded,
        attempts,
        checkpoints,
        completions,
        annotations,
        error,
        nonFinite,
        diverged,
        rewinds,
        deleted,
        lastSequence,
        events,
        seriesDigest);
  }

  RunState apply(RunEvent event, long sequence) {
    if (!ofTheRun(event) && !ofAnAttempt(event)) {
      throw new IllegalArgumentException("no state follows from a " + event.getClass().getName());
    }
    return skip(sequence);
  }

  RunState skip(long sequence) {
    lastSequence = sequence;
    events++;
    return freeze();
  }

  private boolean ofTheRun(RunEvent event) {
    if (event instanceof RunSubmitted submitted) {
      submission = Optional.of(submitted);
      imported = Optional.empty();
      steps = submitted.spec().steps();
      recorded =
          RecordedMetrics.before(UntilProgress.of(submitted.spec().until()), submitted.parent());
    } else if (event instanceof RunImported brought) {
      imported = Optional.of(brought);
      submission = Optional.of(ImportedRun.standIn(brought));
      status = RunStatus.IMPORTED;
    } else if (event instanceof RunAnnotated annotated) {
      annotations = annotations.and(annotated);
    } else if (event instanceof RunExtended extended) {
      if (atItsEnd()) {
        // It may have rested there, its last state unsaved: every set was evaluated all the same.
        complete(recorded.step());
      }
      steps = extended.steps();
      recorded = recorded.withUntil(UntilProgress.of(List.of()));
      goOn(status == RunStatus.COMPLETED || status == RunStatus.FAILED);
    } else if (event instanceof RunResumed) {
      goOn(status != RunStatus.RUNNING);
    } else if (event instanceof RunPaused) {
      status = RunStatus.PAUSED;
    } else if (event instanceof RunCancelled) {
      status = RunStatus.CANCELLED;
    } else if (event instanceof RunCompleted completed) {
      status = RunStatus.COMPLETED;
      complete(completed.step());
    } else if (event instanceof RunFailed failed) {
      status = RunStatus.FAILED;
      error = Optional.of(new RunError(failed.cause(), failed.message(), failed.step()));
    } else if (event instanceof RunDeleted) {
      deleted = true;
    } else {
      return false;
    }
    return true;
  }

  private boolean ofAnAttempt(RunEvent event) {
    if (event instanceof AttemptStarted started) {
      start(started);
    } else if (event instanceof MetricsRecorded metrics) {
      recorded = recorded.and(metrics.frame());
      // Nobody knows how far it was meant to go: its last step is the last that came.
      steps = imported.isPresent() ? recorded.step() : steps;
      change(metrics.attempt(), attempt -> attempt.recorded(metrics.frame().until()));
      seriesDigest = Optional.empty();
    } else if (event instanceof CheckpointSaved saved) {
      save(saved);
    } else if (event instanceof CheckpointRejected rejected) {
      checkpoints =
          checkpoints.stream()
              .map(kept -> kept.is(rejected.step(), rejected.sha256()) ? kept.rejected() : kept)
              .toList();
    } else if (event instanceof CheckpointDropped dropped) {
      checkpoints =
          checkpoints.stream().filter(kept -> !kept.is(dropped.step(), dropped.sha256())).toList();
    } else if (event instanceof CatchUpVerified verified) {
      change(verified.attempt(), AttemptState::verified);
    } else if (event instanceof Diverged first) {
      diverged = diverged.isPresent() ? diverged : Optional.of(first);
    } else if (event instanceof HistoryRewound rewound) {
      rewind(rewound);
    } else if (event instanceof NonFiniteObserved observed) {
      nonFinite = nonFinite.isPresent() ? nonFinite : Optional.of(observed);
    } else if (event instanceof AttemptEnded ended) {
      change(
          ended.attempt(),
          attempt -> attempt.ended(new AttemptState.Ending(ended.cause(), ended.message())));
      if (imported.isPresent() && ended.cause() != AttemptEnd.COMPLETED) {
        // No event of its own says so: only its source knows what became of it.
        error = Optional.of(new RunError(ended.cause(), ended.message(), recorded.step()));
      }
      // What became of the run is said by an event of its own; until then it waits for its turn.
      status = status == RunStatus.RUNNING ? RunStatus.QUEUED : status;
    } else {
      return false;
    }
    return true;
  }

  private boolean atItsEnd() {
    return recorded.step() >= steps
        || recorded.until().met().filter(met -> met.step() == recorded.step()).isPresent();
  }

  private void complete(long step) {
    completions = new ArrayList<>(completions);
    completions.remove(step);
    completions.add(step);
  }

  private void goOn(boolean queued) {
    if (queued) {
      status = RunStatus.QUEUED;
      error = Optional.empty();
    }
  }

  private void start(AttemptStarted started) {
    Catalogue catalogue = started.catalogue();
    Fingerprint fingerprint = started.fingerprint();
    for (AttemptState earlier : attempts) {
      // Attempts mostly share theirs; one object keeps a run of many attempts small.
      catalogue = earlier.catalogue().equals(catalogue) ? earlier.catalogue() : catalogue;
      fingerprint = earlier.fingerprint().equals(fingerprint) ? earlier.fingerprint() : fingerprint;
    }
    attempts = new ArrayList<>(attempts);
    attempts.add(
        new AttemptState(
            started.attempt(),
            started.devices(),
            started.fromStep(),
            fingerprint,
            catalogue,
            recorded.step(),
            RecordedMetrics.NO_STEP,
            false,
            Optional.empty()));
    status = imported.isPresent() ? RunStatus.IMPORTED : RunStatus.RUNNING;
    error = Optional.empty();
  }

  private void save(CheckpointSaved saved) {
    checkpoints =
        new ArrayList<>(
            checkpoints.stream().filter(kept -> !kept.is(saved.step(), saved.sha256())).toList());
    checkpoints.add(
        new CheckpointState(saved.attempt(), saved.step(), saved.bytes(), saved.sha256(), true));
  }

  private void rewind(HistoryRewound rewound) {
    rewinds++;
    recorded = recorded.rewoundTo(rewound.toStep());
    checkpoints = checkpoints.stream().filter(kept -> kept.step() <= rewound.toStep()).toList();
    completions = completions.stream().filter(step -> step <= rewound.toStep()).toList();
    nonFinite = nonFinite.filter(observed -> observed.step() <= rewound.toStep());
    seriesDigest = Optional.empty();
  }

  private void change(int number, UnaryOperator<AttemptState> change) {
    attempts =
        attempts.stream()
            .map(attempt -> attempt.attempt() == number ? change.apply(attempt) : attempt)
            .toList();
  }
}
