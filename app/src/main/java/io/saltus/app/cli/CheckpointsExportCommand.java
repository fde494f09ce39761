package io.saltus.app.cli;

import io.saltus.app.json.Json;
import io.saltus.app.problem.ExitCode;
import io.saltus.app.problem.Problem;
import io.saltus.app.problem.Refusal;
import io.saltus.experiment.RunId;
import io.saltus.persistence.checkpoint.CheckpointException;
import io.saltus.persistence.checkpoint.CheckpointStore;
import io.saltus.persistence.home.Home;
import io.saltus.persistence.projection.CheckpointState;
import io.saltus.persistence.projection.RunState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Copies a checkpoint to a file of the user's. */
@Command(name = "export", description = "Write the state after a step as a safetensors file.")
final class CheckpointsExportCommand implements Callable<Integer> {

  private final Invocation invocation;

  @Parameters(paramLabel = "RUN", description = "An id, a unique prefix, or @last.")
  private String run = "";

  @Option(
      names = "--step",
      paramLabel = "N",
      required = true,
      description = "One with a checkpoint.")
  private String step = "";

  @Option(names = "--out", paramLabel = "FILE", required = true, description = "A new file.")
  private String out = "";

  CheckpointsExportCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() {
    boolean json = invocation.json();
    long wanted = Arguments.whole("--step", step, 0, Long.MAX_VALUE);
    Path file = invocation.path(out);
    if (Files.exists(file)) {
      throw Refusal.wrong("the file exists already", "--out " + file, "Name a new one.");
    }
    try (Reading reading = Reading.open(invocation)) {
      RunId id = reading.resolve(run);
      CheckpointState checkpoint = find(id, reading.runs().state(id), wanted);
      CheckpointStore.at(Home.at(invocation.home()).checkpoints())
          .export(checkpoint.sha256(), file);
      invocation.print(
          json
              ? Json.line(
                  object ->
                      object
                          .put("run", id.value())
                          .put("step", wanted)
                          .put("bytes", checkpoint.bytes())
                          .put("sha256", checkpoint.sha256().hex())
                          .put("out", file.toString()))
              : "%s: the state after step %d is in %s".formatted(id, wanted, file));
    } catch (IOException | CheckpointException e) {
      throw new Refusal(
          ExitCode.FAILED,
          new Problem("the checkpoint cannot be exported", file + " (" + e.getMessage() + ")", ""),
          e);
    }
    return 0;
  }

  private static CheckpointState find(RunId run, RunState state, long step) {
    List<String> steps =
        state.checkpoints().stream().map(each -> Long.toString(each.step())).distinct().toList();
    return state.checkpoints().stream()
        .filter(each -> each.step() == step)
        .reduce((earlier, later) -> later)
        .orElseThrow(
            () ->
                Refusal.wrong(
                    run + " has no checkpoint at step " + step,
                    "--step " + step,
                    steps.isEmpty() ? "" : "It has them at " + String.join(", ", steps) + "."));
  }
}
