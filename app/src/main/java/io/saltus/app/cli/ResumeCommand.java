package io.saltus.app.cli;

import io.saltus.actors.RefusedException;
import io.saltus.app.problem.ExitCode;
import io.saltus.app.problem.Refusal;
import io.saltus.app.report.RunView;
import io.saltus.experiment.RunId;
import io.saltus.experiment.session.SessionException;
import io.saltus.persistence.codec.CodecException;
import io.saltus.persistence.read.JournalDamagedException;
import io.saltus.persistence.runs.UnknownEventException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lets runs go on, one after the other. */
@Command(
    name = "resume",
    description = "Go on with runs that rest, were interrupted or failed, and prove that they are.")
final class ResumeCommand implements Callable<Integer> {

  /** What {@code --all} goes on with: never what failed or was cancelled. */
  private static final Set<String> UNFINISHED =
      Set.of("paused", "interrupted", "queued", "running");

  private final Invocation invocation;

  @Parameters(paramLabel = "RUN", arity = "0..*", description = "An id, a unique prefix, or @last.")
  private List<String> runs = new ArrayList<>();

  @Option(names = "--all", description = "Every paused, interrupted or queued run.")
  private boolean all;

  ResumeCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() {
    invocation.json();
    if (all != runs.isEmpty()) {
      throw Refusal.wrong(
          all ? "runs are named beside --all" : "no run is named",
          "saltus resume",
          "Name runs, or give --all.");
    }
    List<RunId> chosen = choose();
    if (chosen.isEmpty()) {
      invocation.note("saltus: there is nothing to resume");
      return ExitCode.FINE.code();
    }
    invocation.requireNatives();
    ExitCode worst = ExitCode.FINE;
    for (RunId run : chosen) {
      ExitCode code = chosen.size() == 1 ? resume(run) : resumeAmongOthers(run);
      worst = code.compareTo(worst) > 0 ? code : worst;
      if (code == ExitCode.INTERRUPTED) {
        return code.code();
      }
    }
    return worst.code();
  }

  private ExitCode resume(RunId run) {
    return new Continuation(invocation).resume(run);
  }

  /** What stands against one run is said, and keeps no other from going on. */
  private ExitCode resumeAmongOthers(RunId run) {
    try {
      return resume(run);
    } catch (Refusal
        | RefusedException
        | SessionException
        | JournalDamagedException
        | UnknownEventException
        | CodecException e) {
      new Complaints(invocation.surroundings().err(), invocation.options()).complain(e);
      return ExitCode.FAILED;
    }
  }

  private List<RunId> choose() {
    try (Reading reading = Reading.open(invocation)) {
      return all
          ? reading.views().stream()
              .filter(view -> UNFINISHED.contains(view.status()))
              .map(RunView::run)
              .map(RunId::new)
              .toList()
          : runs.stream().map(reading::resolve).distinct().toList();
    }
  }
}
