package io.saltus.app.control;

import io.saltus.app.json.Json;
import io.saltus.experiment.RunId;
import io.saltus.experiment.spec.ExperimentSpec;
import io.saltus.persistence.control.ControlRequest;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A new run that is left to the process that holds the home.
 *
 * @param run its name, free as far as is known
 * @param spec resolved
 * @param inputs absolute paths by the program's names for them
 * @param tags put on it
 * @param note put on it
 * @param source the file that its spec was read from, if it was
 * @param parent what it is forked from; empty: it begins anew
 */
public record RunOrderMessage(
    RunId run,
    ExperimentSpec spec,
    SortedMap<String, Path> inputs,
    SortedMap<String, String> tags,
    Optional<String> note,
    Optional<Path> source,
    Optional<Parent> parent) {

  /** The name of the request. */
  public static final String NAME = "begin";

  private static final String INPUT = "input.";
  private static final String TAG = "tag.";

  /**
   * What a fork begins with.
   *
   * @param step after which
   */
  public record Parent(RunId run, long step) {}

  /** Copies the maps. */
  public RunOrderMessage {
    inputs = Collections.unmodifiableSortedMap(new TreeMap<>(inputs));
    tags = Collections.unmodifiableSortedMap(new TreeMap<>(tags));
  }

  /** The request that carries it. */
  public ControlRequest request() {
    return new ControlRequest(
        NAME,
        Json.line(
            json -> {
              json.put("run", run.value()).put("spec", SpecText.of(spec));
              inputs.forEach((name, file) -> json.put(INPUT + name, file.toString()));
              tags.forEach((key, value) -> json.put(TAG + key, value));
              note.ifPresent(text -> json.put("note", text));
              source.ifPresent(file -> json.put("source", file.toString()));
              parent.ifPresent(
                  from -> json.put("parent", from.run().value()).put("step", from.step()));
            }));
  }

  /**
   * Reads the body of a request.
   *
   * @throws IllegalArgumentException when it is not one
   * @throws io.saltus.persistence.codec.CodecException when the spec cannot be read
   */
  public static RunOrderMessage read(String body) {
    Fields fields = Fields.of(body);
    SortedMap<String, Path> inputs = new TreeMap<>();
    fields.under(INPUT).forEach((name, file) -> inputs.put(name, Path.of(file)));
    return new RunOrderMessage(
        new RunId(fields.require("run")),
        SpecText.read(fields.require("spec")),
        inputs,
        fields.under(TAG),
        fields.find("note"),
        fields.find("source").map(Path::of),
        fields.find("parent").map(parent -> new Parent(new RunId(parent), fields.whole("step"))));
  }
}
