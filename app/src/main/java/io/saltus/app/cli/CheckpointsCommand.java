package io.saltus.app.cli;

import io.saltus.app.json.Json;
import io.saltus.app.problem.Refusal;
import io.saltus.app.text.Figures;
import io.saltus.app.text.TextTable;
import io.saltus.experiment.RunId;
import io.saltus.persistence.checkpoint.CheckpointStore;
import io.saltus.persistence.home.Home;
import io.saltus.persistence.projection.CheckpointState;
import io.saltus.persistence.projection.RunState;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Lists the checkpoints of a run, each looked at. */
@Command(name = "checkpoints", description = "List a run's checkpoints, each file verified.")
final class CheckpointsCommand implements Callable<Integer> {

  private static final int SHOWN = 16;

  private final Invocation invocation;

  // Not required by the parser, which would ask for it before a subcommand too.
  @Parameters(paramLabel = "RUN", arity = "0..1", description = "An id, a unique prefix, or @last.")
  private String run = "";

  private CheckpointsCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  /** With its subcommand. */
  static CommandLine create(Invocation invocation) {
    return new CommandLine(new CheckpointsCommand(invocation))
        .addSubcommand("export", new CheckpointsExportCommand(invocation));
  }

  @Override
  public Integer call() {
    boolean json = invocation.json();
    if (run.isEmpty()) {
      throw Refusal.wrong(
          "RUN is missing", "saltus checkpoints", "See 'saltus checkpoints --help'.");
    }
    try (Reading reading = Reading.open(invocation)) {
      RunId id = reading.resolve(run);
      RunState state = reading.runs().state(id);
      CheckpointStore store = CheckpointStore.at(Home.at(invocation.home()).checkpoints());
      if (json) {
        state.checkpoints().forEach(each -> invocation.print(line(each, flaw(store, each))));
      } else {
        table(state, store);
      }
    }
    return 0;
  }

  private static Optional<String> flaw(CheckpointStore store, CheckpointState checkpoint) {
    Optional<String> now = store.flaw(checkpoint.sha256(), checkpoint.bytes());
    return now.or(() -> checkpoint.valid() ? Optional.empty() : Optional.of("was rejected before"));
  }

  private static String line(CheckpointState checkpoint, Optional<String> flaw) {
    return Json.line(
        object ->
            object
                .put("step", checkpoint.step())
                .put("bytes", checkpoint.bytes())
                .put("sha256", checkpoint.sha256().hex())
                .put("valid", flaw.isEmpty())
                .put("reason", flaw.orElse(null)));
  }

  private void table(RunState state, CheckpointStore store) {
    TextTable table = TextTable.of(">step", ">bytes", "sha256", "state");
    for (CheckpointState each : state.checkpoints()) {
      table.row(
          Figures.whole(each.step()),
          Figures.whole(each.bytes()),
          each.sha256().hex().substring(0, SHOWN) + "…",
          flaw(store, each).orElse("valid"));
    }
    invocation.print(state.checkpoints().isEmpty() ? List.of("no checkpoints") : table.lines());
  }
}
