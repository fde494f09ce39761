package io.saltus.app.cli;

import io.saltus.actors.RunHandle;
import io.saltus.actors.RunListener;
import io.saltus.actors.Settlement;
import io.saltus.app.Saltus;
import io.saltus.app.hook.Hook;
import io.saltus.app.hook.HookCalls;
import io.saltus.app.problem.ExitCode;
import io.saltus.app.text.ProgressLine;
import io.saltus.experiment.RunId;
import io.saltus.experiment.event.SupervisorEvent.RunOutcome;
import io.saltus.experiment.provenance.Fingerprint;
import io.saltus.persistence.home.Home;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** One run, new or begun before, brought to its rest and reported in the process of the user. */
final class ForegroundRun {

  /** Begins the run, or goes on with it. */
  @FunctionalInterface
  interface Beginning {
    /**
     * Begins it.
     *
     * @param listener to be told of its events
     */
    RunHandle begin(Saltus saltus, RunListener listener);
  }

  /**
   * What is to be done.
   *
   * @param command told to other processes that want the home
   * @param steps the last step at most
   * @param announcement said when it has begun, after the run's id
   * @param first the environment of the run's first attempt, if it has had one
   */
  record Task(
      String command,
      long steps,
      String announcement,
      Optional<Fingerprint> first,
      Beginning beginning) {}

  private final Invocation invocation;
  private final Task task;
  private final Optional<ProgressLine> progress;
  private List<Hook> hooks = List.of();

  ForegroundRun(Invocation invocation, Task task) {
    this.invocation = invocation;
    this.task = task;
    this.progress = progressLine();
  }

  /** Has these called when something happens to it. */
  ForegroundRun with(List<Hook> called) {
    hooks = List.copyOf(called);
    return this;
  }

  /** Runs, reports, and says how the process ends. */
  ExitCode execute() {
    try (Interruptions interruptions =
        Interruptions.hear(invocation.surroundings().halt(), this::say)) {
      Home.at(invocation.home()).warnings().forEach(invocation::warn);
      Optional<Settlement> settled = settle(interruptions);
      progress.ifPresent(ProgressLine::clear);
      if (settled.isEmpty()) {
        say("no run was begun");
        return ExitCode.INTERRUPTED;
      }
      Settlement settlement = settled.get();
      return interruptions.heard().isPresent() && settlement.outcome() == RunOutcome.PAUSED
          ? new RunEnding(invocation).paused(settlement)
          : new RunEnding(invocation).reported(settlement);
    }
  }

  /** Nothing where a signal came before the run was submitted. */
  private Optional<Settlement> settle(Interruptions interruptions) {
    try (HookCalls calls = HookFlags.calls(hooks, invocation);
        Saltus saltus = Saltus.open(invocation.home(), invocation.tools(task.command()))) {
      if (interruptions.heard().isPresent()) {
        return Optional.empty();
      }
      RunListener listener =
          progress.<RunListener>map(RunProgress::new).orElseGet(RunListener::none);
      AtomicReference<RunId> begun = new AtomicReference<>();
      RunHandle handle =
          task.beginning()
              .begin(
                  saltus,
                  new AttemptNotices(
                      this::say,
                      calls.around(() -> Optional.ofNullable(begun.get()), listener),
                      task.first().orElse(null)));
      begun.set(handle.run());
      say(handle.run() + ": " + task.announcement());
      if (Detachment.isDetached(invocation)) {
        saltus.guests().welcome(new StudyProgress(this::say, Optional.empty(), calls));
      }
      interruptions.onFirst(signal -> saltus.pauseAll("SIG" + signal));
      Settlement settlement = saltus.settle(handle);
      calls.rested(settlement.run(), settlement.outcome(), settlement.step(), settlement.message());
      progress.ifPresent(ProgressLine::clear);
      if (settlement.outcome() == RunOutcome.COMPLETED) {
        progress.ifPresent(line -> line.doing("complete; looking for jumps …"));
        saltus.findJumps(settlement.run()).ifPresent(invocation::warn);
      }
      saltus.guests().finish();
      return Optional.of(settlement);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    } finally {
      progress.ifPresent(ProgressLine::clear);
    }
  }

  private Optional<ProgressLine> progressLine() {
    return invocation.showsProgress()
        ? Optional.of(
            new ProgressLine(
                invocation.surroundings().err(),
                System::nanoTime,
                invocation.width(),
                task.steps()))
        : Optional.empty();
  }

  private void say(String text) {
    progress.ifPresent(ProgressLine::clear);
    invocation.note("saltus: " + text);
  }
}
