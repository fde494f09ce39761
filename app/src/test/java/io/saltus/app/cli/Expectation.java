package io.saltus.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.saltus.app.cli.Console.Outcome;
import io.saltus.experiment.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A command that reads a recorded home, and what it printed when the home was recorded.
 *
 * @param command without the name of the program
 * @param printed its lines as JSON; of series in CSV their number and their digest
 */
record Expectation(String command, Object printed) {

  private static final String COMMAND = "command";
  private static final String PRINTED = "printed";

  /** What a command prints now. */
  static Expectation of(Console console, String command) {
    Outcome outcome = console.run(command.split(" "));
    assertThat(outcome.code()).as(command + ": " + outcome.err()).isZero();
    return new Expectation(
        command,
        command.startsWith("metrics ")
            ? digest(outcome)
            : outcome.lines().stream().map(JsonTree::parse).map(Expectation::brief).toList());
  }

  private static Map<String, Object> digest(Outcome outcome) {
    Map<String, Object> digest = new LinkedHashMap<>();
    digest.put("lines", new JsonTree.Figure(Integer.toString(outcome.lines().size())));
    digest.put("sha256", Sha256.of(outcome.out().getBytes(StandardCharsets.UTF_8)).hex());
    return digest;
  }

  /** Without the columns of a frame: the series are compared by their digests. */
  private static Object brief(Object line) {
    if (line instanceof Map<?, ?> event
        && event.get("data") instanceof Map<?, ?> data
        && data.get("frame") instanceof Map<?, ?> frame) {
      frame.remove("columns");
    }
    return line;
  }

  /** Where {@code now} is not what was expected. */
  List<String> differences(Expectation now) {
    return JsonTree.differences(printed, now.printed());
  }

  /** This expectation with each of its values changed in one byte. */
  List<Expectation> mutations() {
    return JsonTree.mutations(printed).stream()
        .map(mutated -> new Expectation(command, mutated))
        .toList();
  }

  String line() {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put(COMMAND, command);
    line.put(PRINTED, printed);
    return JsonTree.text(line);
  }

  static Expectation read(String line) {
    Map<?, ?> read = (Map<?, ?>) JsonTree.parse(line);
    return new Expectation((String) read.get(COMMAND), read.get(PRINTED));
  }

  /** All that is looked at in a home: every run as it is, and as it was at several points. */
  static List<Expectation> all(Console console) {
    List<Expectation> all = new ArrayList<>();
    Expectation runs = of(console, "runs --format json");
    all.add(runs);
    all.add(of(console, "journal check --format json"));
    for (Object each : (List<?>) runs.printed()) {
      Map<?, ?> run = (Map<?, ?>) each;
      for (String command : commands(run)) {
        all.add(of(console, command));
      }
    }
    return all;
  }

  private static List<String> commands(Map<?, ?> run) {
    String id = (String) run.get("run");
    long step = figure(run, "step");
    long sequence = figure(run, "lastSequence");
    List<String> commands = new ArrayList<>();
    commands.add("show " + id + " --format json");
    commands.add("replay " + id + " --format json");
    for (long at : List.of(0L, step / 3, 2 * step / 3 + 1)) {
      commands.add("replay " + id + " --until-step " + at + " --format json");
    }
    for (long at : List.of(1L, sequence / 3, 2 * sequence / 3, sequence - 1)) {
      commands.add("replay " + id + " --until-seq " + at + " --format json");
    }
    commands.add("checkpoints " + id + " --format json");
    commands.add("events " + id + " --format json");
    commands.add("events " + id + " --stream audit --format json");
    commands.add("metrics " + id + " --format csv");
    for (long attempt = 1; attempt <= figure(run, "attempts"); attempt++) {
      commands.add("metrics " + id + " --attempt " + attempt + " --format csv");
    }
    return commands;
  }

  private static long figure(Map<?, ?> object, String key) {
    return Long.parseLong(((JsonTree.Figure) object.get(key)).text());
  }
}
