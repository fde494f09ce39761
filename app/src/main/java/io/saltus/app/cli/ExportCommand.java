package io.saltus.app.cli;

import io.saltus.app.export.CsvExport;
import io.saltus.app.export.Destination;
import io.saltus.app.export.JsonlExport;
import io.saltus.app.export.RunExport;
import io.saltus.app.export.TensorBoardExport;
import io.saltus.app.json.Json;
import io.saltus.app.problem.ExitCode;
import io.saltus.app.problem.Nearest;
import io.saltus.app.problem.Problem;
import io.saltus.app.problem.Refusal;
import io.saltus.app.sql.ParquetExport;
import io.saltus.experiment.RunId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes runs as files that others read. */
@Command(
    name = "export",
    description = "Write runs as JSON Lines (whole), CSV, Parquet tables or event files.")
final class ExportCommand implements Callable<Integer> {

  private static final String STANDARD_OUTPUT = "-";
  private static final List<String> FORMATS = List.of("jsonl", "csv", "parquet", "tensorboard");

  private final Invocation invocation;

  @Parameters(
      paramLabel = "RUN",
      arity = "1..*",
      description = "Ids, unique prefixes, or @last; they may be running.")
  private List<String> runs = new ArrayList<>();

  @Option(
      names = "--to",
      paramLabel = "FORMAT",
      required = true,
      description = "jsonl, csv, parquet, or tensorboard.")
  private String to = "";

  @Option(
      names = "--out",
      paramLabel = "PATH",
      required = true,
      description = "A new file, - for standard output; of parquet and tensorboard a directory.")
  private String out = "";

  @Option(names = "--force", description = "Replace what is there.")
  private boolean force;

  ExportCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() {
    boolean json = invocation.json();
    Optional<RunExport<Appendable>> text = text();
    if (out.equals(STANDARD_OUTPUT)) {
      print(
          text.orElseThrow(
              () ->
                  Refusal.wrong(
                      to + " is a directory of files", "--out -", "Name a new directory.")));
      return ExitCode.FINE.code();
    }
    Path place = invocation.path(out);
    Destination destination =
        text.isPresent() ? Destination.file(place, force) : Destination.directory(place, force);
    try (Reading reading = Reading.open(invocation)) {
      List<RunId> chosen = chosen(reading);
      text.ifPresentOrElse(
          export -> destination.writeText(into -> export.write(reading.runs(), chosen, into)),
          () ->
              destination.writeDirectory(
                  into -> directory(reading).write(reading.runs(), chosen, into)));
      invocation.print(
          json
              ? line(chosen, place)
              : "%s in %s"
                  .formatted(chosen.size() == 1 ? "1 run is" : chosen.size() + " runs are", place));
    }
    return ExitCode.FINE.code();
  }

  /** What is one file; empty for what is a directory. */
  private Optional<RunExport<Appendable>> text() {
    return switch (to) {
      case "jsonl" -> Optional.of(new JsonlExport());
      case "csv" -> Optional.of(new CsvExport());
      case "parquet", "tensorboard" -> Optional.empty();
      default ->
          throw Refusal.wrong(
              "'" + to + "' is none of " + String.join(", ", FORMATS),
              "--to",
              Nearest.question(to, FORMATS));
    };
  }

  private RunExport<Path> directory(Reading reading) {
    return to.equals("parquet")
        ? new ParquetExport(reading.atWork()::word)
        : new TensorBoardExport();
  }

  private void print(RunExport<Appendable> export) {
    try (Reading reading = Reading.open(invocation)) {
      export.write(reading.runs(), chosen(reading), invocation.surroundings().out());
    } catch (IOException e) {
      throw new Refusal(
          ExitCode.FAILED,
          new Problem("the export cannot be written", String.valueOf(e.getMessage()), ""),
          e);
    }
  }

  private List<RunId> chosen(Reading reading) {
    return runs.stream().map(reading::resolve).distinct().toList();
  }

  private String line(List<RunId> chosen, Path place) {
    return Json.line(
        object ->
            object
                .put("to", to)
                .put("out", place.toString())
                .array("runs", names -> chosen.forEach(run -> names.add(run.value()))));
  }
}
