package io.saltus.app.cli;

import io.saltus.app.Saltus;
import io.saltus.app.control.ImportMessage;
import io.saltus.app.imports.ForeignRun;
import io.saltus.app.imports.ImportFormat;
import io.saltus.app.problem.ExitCode;
import io.saltus.experiment.RunId;
import io.saltus.persistence.control.ControlResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Brings in runs that were computed elsewhere. */
@Command(
    name = "import",
    description = "Bring in logs of other programs as runs: event files, CSV, JSON Lines.")
final class ImportCommand implements Callable<Integer> {

  private static final Duration PATIENCE = Duration.ofMinutes(30);

  private final Invocation invocation;

  @Option(
      names = "--from",
      paramLabel = "FORMAT",
      required = true,
      description = "tensorboard, csv, or jsonl.")
  private String from = "";

  @Option(
      names = "--step",
      paramLabel = "NAME",
      description = "The column of a CSV that has the steps; else one called step.")
  private Optional<String> step = Optional.empty();

  @Parameters(
      paramLabel = "PATH",
      description = "A file; of tensorboard also a directory, each with event files a run.")
  private String path = "";

  ImportCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() {
    boolean json = invocation.json();
    ImportFormat format = ImportFormat.of(from);
    Path source = invocation.path(path);
    List<ForeignRun> found = format.read(source, step, invocation::warn);
    Writing writing = new Writing(invocation, "saltus import");
    Optional<ControlResponse> elsewhere =
        writing.askHolder(new ImportMessage(format, source, step).request(), PATIENCE);
    List<RunId> brought;
    if (elsewhere.isPresent()) {
      brought = ImportMessage.runs(elsewhere.get());
    } else {
      try (Saltus saltus = writing.open()) {
        brought = saltus.imports().bring(found);
      }
    }
    try (Reading reading = Reading.open(invocation)) {
      for (RunId run : brought) {
        invocation.print(json ? reading.line(run) : reading.headline(run));
      }
    }
    return ExitCode.FINE.code();
  }
}
