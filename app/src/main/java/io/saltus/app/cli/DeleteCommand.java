package io.saltus.app.cli;

import io.saltus.app.control.RunMessage;
import io.saltus.app.control.StudyMessage;
import io.saltus.app.json.Json;
import io.saltus.app.problem.ExitCode;
import io.saltus.app.problem.Refusal;
import io.saltus.experiment.RunId;
import io.saltus.experiment.StudyId;
import io.saltus.persistence.control.ControlRequest;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.Scanner;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Deletes runs and studies. */
@Command(
    name = "delete",
    description =
        "Delete runs, and studies with their own runs; 'journal compact' and 'gc' then give their space back.")
final class DeleteCommand implements Callable<Integer> {

  private final Invocation invocation;

  @Parameters(
      paramLabel = "RUN|STUDY",
      arity = "1..*",
      description = "An id, a unique prefix, or @last.")
  private List<String> runs = new ArrayList<>();

  @Option(names = "--yes", description = "Do not ask.")
  private boolean yes;

  DeleteCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() {
    boolean json = invocation.json();
    Chosen chosen;
    try (Reading reading = Reading.open(invocation)) {
      chosen = Chosen.named(reading, runs);
      for (StudyId study : chosen.studies()) {
        if (reading.study(study).status().equals("running")) {
          throw Refusal.failed(
              study + " is running", "saltus delete " + study, "Pause or cancel it first.");
        }
      }
      for (RunId run : chosen.runs()) {
        if (reading.status(run).equals("running")) {
          throw Refusal.failed(
              run + " is running", "saltus delete " + run, "Pause or cancel it first.");
        }
      }
    }
    if (!yes && !confirmed(chosen)) {
      invocation.complain("not deleted");
      return ExitCode.FAILED.code();
    }
    for (StudyId study : chosen.studies()) {
      new Writing(invocation, "saltus delete " + study)
          .have(
              new ControlRequest(StudyMessage.DELETE, new StudyMessage(study, "", 0).body()),
              saltus -> saltus.delete(study));
      invocation.print(
          json
              ? Json.line(object -> object.put("study", study.value()).put("deleted", true))
              : study + " and its runs are deleted");
    }
    for (RunId run : chosen.runs()) {
      new Writing(invocation, "saltus delete " + run)
          .have(
              new ControlRequest(RunMessage.DELETE, new RunMessage(run, "", 0).body()),
              saltus -> saltus.delete(run));
      invocation.print(
          json
              ? Json.line(object -> object.put("run", run.value()).put("deleted", true))
              : run + " is deleted");
    }
    return ExitCode.FINE.code();
  }

  private boolean confirmed(Chosen chosen) {
    if (!invocation.surroundings().errIsTerminal()) {
      throw Refusal.wrong(
          "nobody can be asked whether to delete " + names(chosen).get(0),
          "saltus delete",
          "Give --yes when you are sure.");
    }
    invocation.note(
        "Delete %s? This cannot be undone. [y/N]".formatted(String.join(", ", names(chosen))));
    // Text typed by a person at a terminal, in the terminal's own encoding.
    Scanner typed = new Scanner(invocation.surroundings().in(), Charset.defaultCharset());
    return typed.hasNextLine() && typed.nextLine().strip().equalsIgnoreCase("y");
  }

  private static List<String> names(Chosen chosen) {
    List<String> names = new ArrayList<>();
    chosen.studies().forEach(study -> names.add(study + " with its runs"));
    chosen.runs().forEach(run -> names.add(run.value()));
    return names;
  }
}
