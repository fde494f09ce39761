package io.saltus.app.cli;

import io.saltus.app.Saltus;
import io.saltus.app.problem.ExitCode;
import io.saltus.app.problem.Problem;
import io.saltus.app.problem.Refusal;
import io.saltus.experiment.RunId;
import io.saltus.experiment.StudyId;
import io.saltus.persistence.home.Home;
import io.saltus.persistence.home.HomeLock;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Predicate;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Leaves a command to a process of its own, out of reach of this terminal, which ends when its work
 * is done. It is the same command under a name that is chosen here, so that it can be told from the
 * journal when it has begun.
 */
final class Detachment {

  // The shell and setsid become the program one after the other, so the process is the child.
  private static final String START = "exec setsid \"$@\"";
  private static final String DETACHED = "SALTUS_DETACHED";
  private static final long LOOK_EVERY_MILLIS = 50;
  private static final int LAST_WORDS = 2_000;

  private final Invocation invocation;
  private final CommandSpec command;

  /**
   * @param command as it was typed
   */
  Detachment(Invocation invocation, CommandSpec command) {
    this.invocation = invocation;
    this.command = command;
  }

  /** Whether this process is one that was left behind so. */
  static boolean isDetached(Invocation invocation) {
    return invocation.surroundings().environment().containsKey(DETACHED);
  }

  /**
   * Leaves a run behind.
   *
   * @param wanted its id; empty: one is made
   */
  ExitCode run(String experiment, Optional<RunId> wanted) {
    RunId run = new RunId(name(saltus -> saltus.name(experiment, wanted).value()));
    leave(run.value(), named(wanted, run), reading -> reading.runs().exists(run));
    try (Reading reading = Reading.open(invocation)) {
      invocation.print(invocation.json() ? reading.line(run) : reading.headline(run));
    }
    return ExitCode.FINE;
  }

  /**
   * Leaves a new study behind.
   *
   * @param wanted its id; empty: one is made
   */
  ExitCode study(String experiment, Optional<StudyId> wanted) {
    StudyId study = new StudyId(name(saltus -> saltus.studies().name(experiment, wanted).value()));
    return study(study, named(wanted, study));
  }

  /** Leaves a study behind that is there. */
  ExitCode study(StudyId study) {
    return study(study, List.of());
  }

  private ExitCode study(StudyId study, List<String> further) {
    leave(study.value(), further, reading -> reading.studies().state(study).started());
    try (Reading reading = Reading.open(invocation)) {
      reading.head(study).forEach(invocation::print);
    }
    return ExitCode.FINE;
  }

  private static List<String> named(Optional<?> wanted, Object chosen) {
    return wanted.isPresent() ? List.of() : List.of("--name", chosen.toString());
  }

  /** A name that is free in the home, which is made where there is none. */
  private String name(Function<Saltus, String> choosing) {
    try (Saltus saltus = new Writing(invocation, "saltus, choosing a name").open()) {
      return choosing.apply(saltus);
    }
  }

  /**
   * Starts the process and waits until it has begun.
   *
   * @param name of the run or study
   * @param further arguments that the command lacks
   * @param begun whether it has, as the journal says
   * @throws Refusal when it ended before that, with its last words
   */
  private void leave(String name, List<String> further, Predicate<Reading> begun) {
    Path log = log(name);
    Process process = start(log, further);
    try {
      while (!hasBegun(process, begun)) {
        if (process.waitFor(LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS)) {
          ended(process, log, begun);
          return;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    invocation.note(
        "saltus: process %d works on %s; what it says is in %s. 'saltus pause %s' lets it rest."
            .formatted(process.pid(), name, log, name));
  }

  private void ended(Process process, Path log, Predicate<Reading> begun) {
    if (process.exitValue() == 0 && looks(begun)) {
      return;
    }
    throw new Refusal(
        process.exitValue() == ExitCode.WRONG_INPUT.code() ? ExitCode.WRONG_INPUT : ExitCode.FAILED,
        List.of(
            new Problem(
                "the process in the background ended with " + process.exitValue(),
                lastWords(log),
                "")));
  }

  private boolean hasBegun(Process process, Predicate<Reading> begun) {
    boolean holds =
        HomeLock.currentHolder(Home.at(invocation.home()))
            .filter(holder -> holder.pid() == process.pid())
            .isPresent();
    return holds && looks(begun);
  }

  private boolean looks(Predicate<Reading> begun) {
    try (Reading reading = Reading.open(invocation)) {
      return begun.test(reading);
    }
  }

  private Path log(String name) {
    try {
      Path logs = Files.createDirectories(invocation.home().resolve("logs"));
      return logs.resolve(name + ".log");
    } catch (IOException e) {
      throw new Refusal(
          ExitCode.FAILED,
          new Problem(
              "no log can be written", String.valueOf(e.getMessage()), "Look at its owner."),
          e);
    }
  }

  private Process start(Path log, List<String> further) {
    List<String> whole = new ArrayList<>(List.of("sh", "-c", START, "sh"));
    whole.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    whole.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    whole.addAll(List.of("-cp", System.getProperty("java.class.path")));
    whole.add(SaltusMain.class.getName());
    command.root().commandLine().getParseResult().originalArgs().stream()
        .filter(argument -> !argument.equals("--detach"))
        .forEach(whole::add);
    whole.addAll(further);
    try {
      ProcessBuilder builder = new ProcessBuilder(whole);
      builder.environment().put("SALTUS_HOME", invocation.home().toString());
      builder.environment().put(DETACHED, "1");
      return builder
          .directory(invocation.surroundings().directory().toFile())
          .redirectInput(Path.of("/dev/null").toFile())
          .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
          .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
          .start();
    } catch (IOException e) {
      throw new Refusal(
          ExitCode.FAILED,
          new Problem(
              "no process can be started in the background",
              String.valueOf(e.getMessage()),
              "'sh' and 'setsid' (util-linux) are needed."),
          e);
    }
  }

  private static String lastWords(Path log) {
    try {
      String text = Files.readString(log, StandardCharsets.UTF_8).strip();
      return text.substring(Math.max(0, text.length() - LAST_WORDS));
    } catch (IOException unreadable) {
      return log.toString();
    }
  }
}
