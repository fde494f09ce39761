package io.saltus.app.cli;

import io.saltus.actors.study.StudyEnd;
import io.saltus.app.Saltus;
import io.saltus.app.Studies;
import io.saltus.app.hook.Hook;
import io.saltus.app.hook.HookCalls;
import io.saltus.app.problem.ExitCode;
import io.saltus.app.text.LiveBlock;
import io.saltus.app.text.Printable;
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
      return settle(interruptions, asserting);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return ExitCode.INTERRUPTED;
    }
  }

  private ExitCode settle(Interruptions interruptions, boolean asserting)
      throws InterruptedException {
    try (HookCalls calls = HookFlags.calls(hooks, invocation);
        Saltus saltus = Saltus.open(invocation.home(), invocation.tools(command))) {
      if (interruptions.heard().isPresent()) {
        say("no study was begun");
        return ExitCode.INTERRUPTED;
      }
      StudyProgress progress = new StudyProgress(this::say, block, calls);
      Studies.Handle handle = beginning.begin(saltus.studies(), progress);
      saltus.guests().welcome(progress);
      say(handle.study() + ": ctrl-C lets it rest; go on with: saltus study " + handle.study());
      interruptions.onFirst(signal -> saltus.pauseAll("SIG" + signal));
      StudyEnd end = Saltus.await(handle.settled());
      block.ifPresent(LiveBlock::clear);
      ExitCode code = new StudyEnding(invocation).reported(end, asserting);
      invocation.surroundings().out().flush();
      if (saltus.guests().count() > 0) {
        say(saltus.guests().count() + " that other processes left here are still at work");
      }
      saltus.guests().finish();
      return code;
    } finally {
      block.ifPresent(LiveBlock::clear);
    }
  }

  private synchronized void say(String text) {
    block.ifPresent(LiveBlock::clear);
    invocation.note("saltus: " + Printable.of(text));
  }
}
