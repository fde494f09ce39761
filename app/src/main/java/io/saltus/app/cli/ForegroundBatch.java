package io.saltus.app.cli;

import io.saltus.actors.RefusedException;
import io.saltus.actors.RunHandle;
import io.saltus.actors.Settlement;
import io.saltus.actors.study.RunRest;
import io.saltus.actors.study.StudyEnd;
import io.saltus.app.Saltus;
import io.saltus.app.Studies;
import io.saltus.app.StudyTerms;
import io.saltus.app.Tools;
import io.saltus.app.hook.HookCalls;
import io.saltus.app.problem.ExitCode;
import io.saltus.app.problem.Refusal;
import io.saltus.app.text.LiveBlock;
import io.saltus.experiment.RunId;
import io.saltus.experiment.StudyId;
import io.saltus.experiment.event.AttemptEnd;
import io.saltus.experiment.event.StudyEvent.StudyOutcome;
import io.saltus.experiment.event.SupervisorEvent.RunOutcome;
import io.saltus.experiment.session.SessionException;
import io.saltus.persistence.codec.CodecException;
import io.saltus.persistence.read.JournalDamagedException;
import io.saltus.persistence.runs.UnknownEventException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * Several runs and studies at once, brought to their rest by one supervisor, which shares the
 * devices out between them.
 */
final class ForegroundBatch {

  private final Invocation invocation;
  private final String command;
  private final StudyTerms terms;
  private final Optional<LiveBlock> block;
  private final List<RunId> rested = new ArrayList<>();
  private final List<StudyId> studied = new ArrayList<>();
  private ExitCode worst = ExitCode.FINE;

  /**
   * @param command told to other processes that want the home
   * @param terms of the studies
   */
  ForegroundBatch(Invocation invocation, String command, StudyTerms terms) {
    this.invocation = invocation;
    this.command = command;
    this.terms = terms;
    Surroundings around = invocation.surroundings();
    this.block =
        around.errIsTerminal() && !invocation.options().quiet
            ? Optional.of(new LiveBlock(around.err(), System::nanoTime, invocation.width()))
            : Optional.empty();
  }

  /** Does all of it, and says how the process ends: as its worst part does. */
  ExitCode execute(Chosen chosen) {
    try (Interruptions interruptions =
        Interruptions.hear(invocation.surroundings().halt(), this::say)) {
      go(chosen, interruptions);
      report();
      return interruptions.heard().isPresent() ? ExitCode.INTERRUPTED : worst;
    }
  }

  private void go(Chosen chosen, Interruptions interruptions) {
    Surroundings around = invocation.surroundings();
    Tools tools =
        new Tools(
            invocation.programs(),
            invocation.plugins(),
            around.clock(),
            System::nanoTime,
            around.random(),
            command);
    try (HookCalls none = HookFlags.calls(List.of(), invocation);
        Saltus saltus = Saltus.open(invocation.home(), tools)) {
      StudyProgress progress = new StudyProgress(this::say, block, none);
      // At most as many ends come as parts were begun.
      BlockingQueue<Runnable> ends = new LinkedBlockingQueue<>();
      int begun = 0;
      for (StudyId study : chosen.studies()) {
        begun += begin(saltus, study, progress, ends);
      }
      for (RunId run : chosen.runs()) {
        begun += begin(saltus, run, progress, ends);
      }
      interruptions.onFirst(signal -> saltus.pauseAll("SIG" + signal));
      for (; begun > 0; begun--) {
        ends.take().run();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      block.ifPresent(LiveBlock::clear);
    }
  }

  private int begin(
      Saltus saltus, StudyId study, StudyProgress progress, BlockingQueue<Runnable> ends) {
    return begun(
        () -> {
          Studies.Handle handle = saltus.studies().goOn(study, Optional.empty(), terms, progress);
          handle
              .settled()
              .whenComplete((end, failure) -> ends.add(() -> ended(study, end, failure)));
        });
  }

  private void ended(StudyId study, StudyEnd end, Throwable failure) {
    if (failure != null) {
      invocation.complain(study + ": " + failure.getMessage());
      worse(ExitCode.FAILED);
      return;
    }
    studied.add(study);
    worse(end.outcome() == StudyOutcome.COMPLETED ? ExitCode.FINE : ExitCode.FAILED);
  }

  private int begin(
      Saltus saltus, RunId run, StudyProgress progress, BlockingQueue<Runnable> ends) {
    return begun(
        () -> {
          RunHandle handle = saltus.resume(run, progress.alone(run, steps(run)));
          handle
              .settled()
              .whenComplete(
                  (settlement, failure) ->
                      ends.add(() -> ended(saltus, handle, settlement, failure, progress)));
        });
  }

  private long steps(RunId run) {
    try (Reading reading = Reading.open(invocation)) {
      return reading.runs().state(run).steps();
    }
  }

  private void ended(
      Saltus saltus,
      RunHandle handle,
      Settlement settlement,
      Throwable failure,
      StudyProgress progress) {
    if (failure != null) {
      invocation.complain(handle.run() + ": " + failure.getMessage());
      worse(ExitCode.FAILED);
      return;
    }
    saltus.settle(handle);
    if (settlement.outcome() == RunOutcome.COMPLETED) {
      new JumpSearch(invocation).of(saltus, handle.run());
    }
    progress.rested(
        new RunRest(handle.run(), settlement.outcome(), settlement.step(), settlement.message()));
    rested.add(handle.run());
    worse(code(settlement));
  }

  private static ExitCode code(Settlement settlement) {
    if (settlement.outcome() == RunOutcome.COMPLETED) {
      return ExitCode.FINE;
    }
    return settlement.cause().filter(AttemptEnd.DIVERGED::equals).isPresent()
        ? ExitCode.DIVERGED
        : ExitCode.FAILED;
  }

  /** What stands against one part is said, and keeps no other from going on. */
  private int begun(Runnable beginning) {
    try {
      beginning.run();
      return 1;
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

  private void report() {
    try (Reading reading = Reading.open(invocation)) {
      for (StudyId study : studied) {
        StudyReport report = StudyReport.read(invocation, reading, study);
        report.print(false);
        worse(report.hasFailures() ? ExitCode.FAILED : ExitCode.FINE);
      }
      for (RunId run : rested) {
        invocation.print(invocation.json() ? reading.line(run) : reading.headline(run));
      }
    }
  }

  private void worse(ExitCode code) {
    worst = code.compareTo(worst) > 0 ? code : worst;
  }

  private synchronized void say(String text) {
    block.ifPresent(LiveBlock::clear);
    invocation.note("saltus: " + text);
  }
}
