package io.saltus.app.cli;

import io.saltus.app.control.GcMessage;
import io.saltus.app.json.Json;
import io.saltus.app.problem.ExitCode;
import io.saltus.app.problem.Problem;
import io.saltus.app.problem.Refusal;
import io.saltus.app.text.Figures;
import io.saltus.persistence.checkpoint.CheckpointCollector;
import io.saltus.persistence.checkpoint.CheckpointReferences;
import io.saltus.persistence.checkpoint.CheckpointStore;
import io.saltus.persistence.checkpoint.Collected;
import io.saltus.persistence.checkpoint.CollectionPlan;
import io.saltus.persistence.control.ControlRequest;
import io.saltus.persistence.control.ControlResponse;
import io.saltus.persistence.home.Home;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Deletes checkpoint files that no run refers to. */
@Command(
    name = "gc",
    description = "Delete checkpoint files that no run refers to, and what crashes left.")
final class GcCommand implements Callable<Integer> {

  private final Invocation invocation;

  @Option(names = "--dry-run", description = "Only say what would be deleted.")
  private boolean dryRun;

  GcCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() {
    boolean json = invocation.json();
    if (dryRun) {
      plan(json);
      return ExitCode.FINE.code();
    }
    Home.at(invocation.home()).requireForReading();
    Collected collected = collect();
    invocation.print(
        json
            ? GcMessage.body(collected)
            : "%s files deleted, %s bytes free"
                .formatted(Figures.whole(collected.files()), Figures.whole(collected.bytes())));
    collected.obstacle().ifPresent(invocation::complain);
    return (collected.obstacle().isPresent() ? ExitCode.FAILED : ExitCode.FINE).code();
  }

  private Collected collect() {
    Writing writing = new Writing(invocation, "saltus gc");
    Optional<ControlResponse> answer = writing.askHolder(new ControlRequest(GcMessage.NAME, "{}"));
    if (answer.isPresent()) {
      return GcMessage.read(answer.get().body());
    }
    try (var saltus = writing.open()) {
      return saltus.collectGarbage();
    }
  }

  private void plan(boolean json) {
    try (Reading reading = Reading.open(invocation)) {
      CollectionPlan plan =
          new CheckpointCollector(
                  CheckpointStore.at(Home.at(invocation.home()).checkpoints()),
                  () -> CheckpointReferences.of(reading.runs().list()))
              .plan();
      invocation.print(
          json
              ? Json.line(
                  object ->
                      object
                          .put("files", plan.files())
                          .put("bytes", plan.bytes())
                          .put("unreferenced", plan.unreferenced().size())
                          .put("halfWritten", plan.halfWritten().size())
                          .put("setAside", plan.setAside().size())
                          .put("obstacle", plan.obstacle().orElse(null)))
              : "would delete %s files of %s bytes: %d unreferenced, %d half-written, %d set aside"
                  .formatted(
                      Figures.whole(plan.files()),
                      Figures.whole(plan.bytes()),
                      plan.unreferenced().size(),
                      plan.halfWritten().size(),
                      plan.setAside().size()));
      plan.obstacle().ifPresent(invocation::complain);
    } catch (IOException e) {
      throw new Refusal(
          ExitCode.FAILED,
          new Problem("the checkpoints cannot be listed", String.valueOf(e.getMessage()), ""),
          e);
    }
  }
}
