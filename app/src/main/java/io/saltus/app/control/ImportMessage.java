package io.saltus.app.control;

import io.saltus.app.imports.ForeignRun;
import io.saltus.app.imports.ImportFormat;
import io.saltus.app.json.Json;
import io.saltus.experiment.RunId;
import io.saltus.persistence.control.ControlRequest;
import io.saltus.persistence.control.ControlResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The request to import what is in files, and its answer. The process that holds the home reads
 * them itself, with the rights of the same user.
 *
 * @param path absolute
 * @param step the column of steps of a CSV
 */
public record ImportMessage(ImportFormat format, Path path, Optional<String> step) {

  /** The name of the request. */
  public static final String NAME = "import";

  private static final String SEPARATOR = " ";

  /** The request. */
  public ControlRequest request() {
    return new ControlRequest(
        NAME,
        Json.line(
            json -> {
              json.put("from", format.word()).put("path", path.toString());
              step.ifPresent(name -> json.put("step", name));
            }));
  }

  /**
   * Reads the body of a request.
   *
   * @throws IllegalArgumentException when it is not one
   */
  public static ImportMessage read(String body) {
    Fields fields = Fields.of(body);
    return new ImportMessage(
        ImportFormat.of(fields.require("from")),
        Path.of(fields.require("path")),
        fields.find("step"));
  }

  /** What is in the files; what there is to remark was remarked where they were read first. */
  public List<ForeignRun> runs() {
    return format.read(path, step, remark -> {});
  }

  /** The answer. */
  public static ControlResponse answer(List<RunId> runs) {
    return ControlResponse.ok(
        Json.line(
            json ->
                json.put(
                    "runs", String.join(SEPARATOR, runs.stream().map(RunId::value).toList()))));
  }

  /**
   * The runs that an answer names.
   *
   * @throws IllegalArgumentException when it is none
   */
  public static List<RunId> runs(ControlResponse answer) {
    return Stream.of(Fields.of(answer.body()).require("runs").split(SEPARATOR, -1))
        .filter(name -> !name.isEmpty())
        .map(RunId::new)
        .toList();
  }
}
