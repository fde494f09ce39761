package io.saltus.app.cli;

import io.saltus.actors.study.StudyEnd;
import io.saltus.actors.study.StudyEnd.Obstacle;
import io.saltus.app.Saltus;
import io.saltus.app.Studies;
import io.saltus.app.hook.Hook;
import io.saltus.app.hook.HookCalls;
import io.saltus.app.problem.ExitCode;
import io.saltus.app.text.LiveBlock;
import io.saltus.app.text.Printable;
import io.saltus.experiment.event.StudyEvent.StudyOutcome;
import io.saltus.persistence.home.Home;
import java.util.List;
import java.util.Optional;

/** One study, new or begun before, brought to its rest and reported in the process of the user. */
final class ForegroundStudy {

  private final Invocation invocation;
  private final String command;
  private final List<Hook> hooks;
  private final Beginning beginning;
  private final Optional<LiveBlock> block;

  /** Begins the study, or goes on with it. */
  @FunctionalInterface
  interface Beginning {
    /** Begins it. */
    Studies.Handle begin(Studies studies, Studies.Audience audience);
  }

  /**
   * @param command told to other processes that want the home
   * @param hooks called for its runs
   */
  ForegroundStudy(Invocation invocation, String command, List<Hook> hooks, Beginning beginning) {
    this.invocation = invocation;
    this.command = command;
    this.hooks = hooks;
    this.beginning = beginning;
    this.block = invocation.liveBlock();
  }

  /**
   * Does it, and says how the process ends as far as the study itself goes.
   *
   * @param asserting whether its expectations decide, too
   */
  ExitCode execute(boolean asserting) {
    try (Interruptions interruptions =
        Interruptions.hear(invocation.surroundings().halt(), this::say)) {
      Home.at(invocation.home()).warnings().forEach(invocation::warn);
      Optional<StudyEnd> end = settle(interruptions);
      if (end.isEmpty()) {
        say("no study was begun");
        return ExitCode.INTERRUPTED;
      }
      return report(end.get(), asserting);
    }
  }

  private Optional<StudyEnd> settle(Interruptions interruptions) {
    try (HookCalls calls = HookFlags.calls(hooks, invocation);
        Saltus saltus = Saltus.open(invocation.home(), invocation.tools(command))) {
      if (interruptions.heard().isPresent()) {
        return Optional.empty();
      }
      Studies.Handle handle =
          beginning.begin(saltus.studies(), new StudyProgress(this::say, block, calls));
      say(handle.study() + ": ctrl-C lets it rest; go on with: saltus study " + handle.study());
      interruptions.onFirst(signal -> saltus.pauseAll("SIG" + signal));
      return Optional.of(Saltus.await(handle.settled()));
    } finally {
      block.ifPresent(LiveBlock::clear);
    }
  }

  private ExitCode report(StudyEnd end, boolean asserting) {
    boolean held;
    boolean failures;
    try (Reading reading = Reading.open(invocation)) {
      StudyReport report = StudyReport.read(invocation, reading, end.study());
      report.print(asserting);
      held = report.allHold();
      failures = report.hasFailures();
    }
    if (end.outcome() == StudyOutcome.COMPLETED) {
      return asserting && !held ? ExitCode.DIVERGED : failures ? ExitCode.FAILED : ExitCode.FINE;
    }
    return rested(invocation, end);
  }

  /** Says how a study rests that is not at its end, and how the process ends for that. */
  static ExitCode rested(Invocation invocation, StudyEnd end) {
    if (end.outcome() == StudyOutcome.CANCELLED) {
      invocation.complain(end.study() + " was cancelled");
      return ExitCode.FAILED;
    }
    String rests =
        end.study()
            + " rests"
            + (end.reason().isEmpty() ? "" : " (" + end.reason() + ")")
            + "; all of it is in the journal. Go on with";
    String command = ": saltus study " + end.study();
    if (end.obstacle().isPresent()) {
      // Nobody stopped it, and going on just so would not help: a script has to know.
      boolean spent = end.obstacle().get() == Obstacle.BUDGET;
      invocation.complain(
          rests + (spent ? " more of them" + command + " --device-hours H" : command));
      return ExitCode.FAILED;
    }
    invocation.note("saltus: " + rests + command);
    return ExitCode.INTERRUPTED;
  }

  private synchronized void say(String text) {
    block.ifPresent(LiveBlock::clear);
    invocation.note("saltus: " + Printable.of(text));
  }
}
