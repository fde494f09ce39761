package io.saltus.app.cli;

import io.saltus.app.StudyTerms;
import io.saltus.app.problem.ExitCode;
import io.saltus.app.problem.Refusal;
import io.saltus.experiment.StudyId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lets runs and studies go on; several of them at once, as devices allow. */
@Command(
    name = "resume",
    description =
        "Go on with runs and studies that rest, were interrupted or failed, and prove that they are.")
final class ResumeCommand implements Callable<Integer> {

  /**
   * What {@code --all} goes on with: never what failed or was cancelled. Where a process holds the
   * home, what is not in its hands already.
   */
  private static final Set<String> UNFINISHED =
      Set.of("paused", "interrupted", "queued", "running");

  private final Invocation invocation;

  @Parameters(
      paramLabel = "RUN|STUDY",
      arity = "0..*",
      description = "An id, a unique prefix, or @last.")
  private List<String> runs = new ArrayList<>();

  @Option(
      names = "--all",
      description = "Every paused, interrupted or queued run, and every unfinished study.")
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
    Chosen chosen = choose();
    if (chosen.isEmpty()) {
      invocation.note("saltus: there is nothing to resume");
      return ExitCode.FINE.code();
    }
    invocation.requireNatives();
    if (chosen.size() == 1 && chosen.runs().size() == 1) {
      return new Continuation(invocation).resume(chosen.runs().get(0)).code();
    }
    if (chosen.size() == 1) {
      return resume(chosen.studies().get(0)).code();
    }
    String told = all ? "saltus resume --all" : "saltus resume";
    Optional<ExitCode> elsewhere = new Handover(invocation, told, false).resume(chosen);
    if (elsewhere.isPresent()) {
      return elsewhere.get().code();
    }
    return new ForegroundBatch(invocation, told, StudyTerms.usual()).execute(chosen).code();
  }

  private ExitCode resume(StudyId study) {
    try (Reading reading = Reading.open(invocation)) {
      if (reading.study(study).status().equals("completed")) {
        invocation.note("saltus: " + study + " is completed already");
        StudyReport.read(invocation, reading, study).print(false);
        return ExitCode.FINE;
      }
    }
    String told = "saltus resume " + study;
    Optional<ExitCode> elsewhere =
        new Handover(invocation, told, false)
            .goOn(study, Optional.empty(), StudyTerms.usual(), false);
    if (elsewhere.isPresent()) {
      return elsewhere.get();
    }
    return new ForegroundStudy(
            invocation,
            told,
            List.of(),
            (studies, audience) ->
                studies.goOn(study, Optional.empty(), StudyTerms.usual(), audience))
        .execute(false);
  }

  private Chosen choose() {
    try (Reading reading = Reading.open(invocation)) {
      return all
          ? Chosen.all(reading, UNFINISHED).inNobodysHands(reading)
          : Chosen.named(reading, runs);
    }
  }
}
