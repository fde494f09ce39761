package io.saltus.app.cli;

import io.saltus.actors.RefusedException;
import io.saltus.actors.RunHandle;
import io.saltus.actors.Settlement;
import io.saltus.actors.study.StudyEnd;
import io.saltus.app.Saltus;
import io.saltus.app.Studies;
import io.saltus.app.StudyTerms;
import io.saltus.app.problem.ExitCode;
import io.saltus.app.problem.Refusal;
import io.saltus.app.text.LiveBlock;
import io.saltus.app.text.Printable;
import io.saltus.experiment.RunId;
import io.saltus.experiment.StudyId;
import io.saltus.experiment.event.AttemptEnd;
import io.saltus.experiment.event.StudyEvent.StudyOutcome;
import io.saltus.experiment.event.SupervisorEvent.RunOutcome;
import io.saltus.experiment.session.SessionException;
import io.saltus.persistence.codec.CodecException;
import io.saltus.persistence.home.Home;
import io.saltus.persistence.projection.RunState;
import io.saltus.persistence.projection.RunStatus;
import io.saltus.persistence.read.JournalDamagedException;
import io.saltus.persistence.runs.UnknownEventException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * Several runs and studies at once, brought to their rest by one supervisor, which shares the
 * devices out between them. Reported in the order in which they were named.
 */
final class ForegroundBatch {

  private final Invocation invocation;
  private final String command;
  private final StudyTerms terms;
  private final Optional<LiveBlock> block;
  private final StudyProgress progress;
  private final Map<RunId, Long> rested = new HashMap<>();
  private final Set<RunId> pausedRuns = new HashSet<>();
  private final Map<StudyId, Optional<StudyEnd>> studied = new HashMap<>();
  private ExitCode worst = ExitCode.FINE;

  /**
   * @param command told to other processes that want the home
   * @param terms of the studies
   */
  ForegroundBatch(Invocation invocation, String command, StudyTerms terms) {
    this.invocation = invocation;
    this.command = command;
    this.terms = terms;
    this.block = invocation.liveBlock();
    this.progress = new StudyProgress(this::say, block, HookFlags.calls(List.of(), invocation));
  }

  /** Does all of it, and says how the process ends: as its worst part does. */
  ExitCode execute(Chosen chosen) {
    try (Interruptions interruptions =
        Interruptions.hear(invocation.surroundings().halt(), this::say)) {
      Home.at(invocation.home()).warnings().forEach(invocation::warn);
      go(chosen, interruptions);
      report(chosen);
      return worst;
    }
  }

  private void go(Chosen chosen, Interruptions interruptions) {
    try (Saltus saltus = Saltus.open(invocation.home(), invocation.tools(command))) {
      if (interruptions.heard().isPresent()) {
        say("nothing was begun");
        worse(ExitCode.INTERRUPTED);
        return;
      }
      // At most as many ends come as parts were begun.
      BlockingQueue<Runnable> ends = new LinkedBlockingQueue<>();
      int begun = 0;
      for (StudyId study : chosen.studies()) {
        begun += begin(saltus, study, ends);
      }
      for (RunId run : chosen.runs()) {
        begun += begin(saltus, run, ends);
      }
      saltus.guests().welcome(progress);
      interruptions.onFirst(signal -> saltus.pauseAll("SIG" + signal));
      for (; begun > 0; begun--) {
        ends.take().run();
      }
      saltus.guests().finish();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      block.ifPresent(LiveBlock::clear);
    }
  }

  private int begin(Saltus saltus, StudyId study, BlockingQueue<Runnable> ends) {
    return begun(
        () -> {
          if (isComplete(study)) {
            invocation.note("saltus: " + study + " is completed already");
            studied.put(study, Optional.empty());
            return 0;
          }
          Studies.Handle handle = saltus.studies().goOn(study, Optional.empty(), terms, progress);
          CompletionStage<StudyEnd> settled = handle.settled();
          settled.whenComplete((end, failure) -> ends.add(() -> ended(study, end, failure)));
          return 1;
        });
  }

  private boolean isComplete(StudyId study) {
    try (Reading reading = Reading.open(invocation)) {
      return reading.study(study).status().equals("completed");
    }
  }

  private void ended(StudyId study, StudyEnd end, Throwable failure) {
    if (failure == null) {
      studied.put(study, Optional.of(end));
    } else {
      fail(study.value(), failure);
    }
  }

  private int begin(Saltus saltus, RunId run, BlockingQueue<Runnable> ends) {
    return begun(
        () -> {
          RunState state = state(run);
          Reading.refuseImported(run, state, "resume");
          if (state.status() == RunStatus.COMPLETED) {
            invocation.note("saltus: " + run + " is " + state.status().text() + " already");
            rested.put(run, state.step());
            return 0;
          }
          Continuation.refuseCancelled(run, state);
          Continuation.tellChangedSpec(invocation, saltus, run);
          RunHandle handle = resume(saltus, run, state);
          handle
              .settled()
              .whenComplete(
                  (settlement, failure) ->
                      ends.add(() -> ended(saltus, handle, settlement, failure)));
          return 1;
        });
  }

  private RunState state(RunId run) {
    try (Reading reading = Reading.open(invocation)) {
      return reading.runs().state(run);
    }
  }

  private RunHandle resume(Saltus saltus, RunId run, RunState state) {
    try {
      RunHandle handle = saltus.resume(run, progress.alone(run, state.steps()));
      say(run + ": " + Continuation.goesOn(state));
      return handle;
    } catch (RuntimeException refused) {
      progress.notBegun(run);
      throw refused;
    }
  }

  private void ended(Saltus saltus, RunHandle handle, Settlement settlement, Throwable failure) {
    if (failure != null) {
      fail(handle.run().value(), failure);
      return;
    }
    saltus.settle(handle);
    if (settlement.outcome() == RunOutcome.COMPLETED) {
      saltus.findJumps(handle.run()).ifPresent(invocation::warn);
    }
    progress.rested(settlement.rest());
    rested.put(handle.run(), settlement.step());
    if (settlement.outcome() == RunOutcome.PAUSED) {
      pausedRuns.add(handle.run());
    }
    worse(code(settlement));
  }

  private void fail(String name, Throwable failure) {
    block.ifPresent(LiveBlock::clear);
    invocation.complain(name + ": " + failure.getMessage());
    worse(ExitCode.FAILED);
  }

  private static ExitCode code(Settlement settlement) {
    return switch (settlement.outcome()) {
      case COMPLETED -> ExitCode.FINE;
      case PAUSED -> ExitCode.INTERRUPTED;
      default ->
          settlement.cause().filter(AttemptEnd.DIVERGED::equals).isPresent()
              ? ExitCode.DIVERGED
              : ExitCode.FAILED;
    };
  }

  /** Begins a part, and says of how many an end will come. */
  private interface Beginning {
    int begin();
  }

  /** What stands against one part is said, and keeps no other from going on. */
  private int begun(Beginning beginning) {
    try {
      return beginning.begin();
    } catch (Refusal
        | RefusedException
        | SessionException
        | JournalDamagedException
        | UnknownEventException
        | CodecException e) {
      block.ifPresent(LiveBlock::clear);
      new Complaints(invocation.surroundings().err(), invocation.options()).complain(e);
      worse(ExitCode.FAILED);
      return 0;
    }
  }

  private void report(Chosen chosen) {
    try (Reading reading = Reading.open(invocation)) {
      for (StudyId study : chosen.studies()) {
        if (studied.containsKey(study)) {
          report(reading, study);
        }
      }
      for (RunId run : chosen.runs()) {
        if (rested.containsKey(run)) {
          invocation.print(invocation.json() ? reading.line(run) : reading.headline(run));
        }
        Long step = rested.get(run);
        if (step != null && pausedRuns.contains(run)) {
          invocation.note(Continuation.rests(run, step));
        }
      }
    }
  }

  private void report(Reading reading, StudyId study) {
    StudyReport report = StudyReport.read(invocation, reading, study);
    report.print(false);
    studied
        .getOrDefault(study, Optional.empty())
        .ifPresent(
            end ->
                worse(
                    end.outcome() != StudyOutcome.COMPLETED
                        ? new StudyEnding(invocation).rested(end)
                        : report.hasFailures() ? ExitCode.FAILED : ExitCode.FINE));
  }

  private void worse(ExitCode code) {
    worst = code.compareTo(worst) > 0 ? code : worst;
  }

  private synchronized void say(String text) {
    block.ifPresent(LiveBlock::clear);
    invocation.note("saltus: " + Printable.of(text));
  }
}
