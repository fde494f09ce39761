package io.saltus.app.imports;

import io.saltus.app.export.JsonlExport;
import io.saltus.app.problem.Refusal;
import io.saltus.experiment.Sha256;
import io.saltus.experiment.event.RunEvent.ImportOrigin;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The runs of an export of our own. The file is read twice: to look whether all of it is there, and
 * where history was rewound; then for the frames that still count.
 */
final class JsonlRuns {

  // More than anybody types at the command line: what was exported here comes in again.
  private static final int MOST_TAGS = 1_000;
  private static final int LONGEST_TAG = 1_000;
  private static final int MOST_PARAMETERS = 10_000;
  private static final int LONGEST_PARAMETER = 1_000;
  private static final int LONGEST_VALUE = 16_384;
  private static final int LONGEST_NOTE = 100_000;

  private final SourceFile file;

  JsonlRuns(SourceFile file) {
    this.file = file;
  }

  List<ForeignRun> read() throws IOException {
    Sha256 source = file.digest();
    List<ForeignRun> runs = new ArrayList<>();
    try (JsonLines lines = new JsonLines(file, 0, 0)) {
      JsonLine header =
          lines
              .next()
              .orElseThrow(() -> Refusal.wrong("there is nothing in it", file.toString(), ""));
      requireKnown(header);
      long offset = lines.offset();
      long before = lines.number();
      Optional<JsonLine> next = lines.next();
      while (next.isPresent()) {
        runs.add(read(next.get(), lines, new JsonlFrames(file, offset, before), source));
        offset = lines.offset();
        before = lines.number();
        next = lines.next();
      }
      if (runs.isEmpty() || runs.size() != header.list("runs").size()) {
        throw Refusal.wrong(
            "it ends after %d of %d runs".formatted(runs.size(), header.list("runs").size()),
            file.toString(),
            "Export it again.");
      }
    }
    return runs;
  }

  private static void requireKnown(JsonLine header) {
    if (!header.find("format").filter(JsonlExport.FORMAT::equals).isPresent()) {
      throw header.wrong("this is no export of Saltus");
    }
    if (header.whole("version") != JsonlExport.VERSION) {
      throw header.wrong("this export is of version " + header.text("version"));
    }
  }

  /** From the line that begins a run to the one that ends it. */
  private ForeignRun read(JsonLine begin, JsonLines lines, JsonlFrames frames, Sha256 source)
      throws IOException {
    if (!begin.has("begin")) {
      throw begin.wrong("a run should begin here");
    }
    Optional<JsonLine> line = lines.next();
    while (line.isPresent() && !line.get().has("end")) {
      frames.look(line.get());
      line = lines.next();
    }
    if (line.isEmpty()) {
      throw Refusal.wrong(
          "it ends in the middle of run " + begin.text("begin"),
          file + ":" + lines.number(),
          "Export it again.");
    }
    frames.requireAll(line.get());
    // What is wrong with a frame is said before anything is journalled.
    frames.rehearse();
    return new ForeignRun(
        ImportOrigin.JSONL,
        ForeignNames.experiment(begin.text("experiment")),
        Optional.of(
            Words.of(
                tags(begin),
                begin.find("note").map(note -> begin.within(note, "note", LONGEST_NOTE)),
                begin.find("displayName").or(() -> begin.find("begin")))),
        parameters(begin),
        source,
        begin.find("digest").map(text -> digest(begin, text)),
        frames);
  }

  private static Sha256 digest(JsonLine begin, String text) {
    try {
      return new Sha256(text);
    } catch (IllegalArgumentException e) {
      throw begin.wrong("'digest' is none");
    }
  }

  private static SortedMap<String, String> tags(JsonLine begin) {
    return texts(begin, "tags", MOST_TAGS, LONGEST_TAG, LONGEST_TAG);
  }

  private static SortedMap<String, String> parameters(JsonLine begin) {
    return texts(begin, "parameters", MOST_PARAMETERS, LONGEST_PARAMETER, LONGEST_VALUE);
  }

  private static SortedMap<String, String> texts(
      JsonLine begin, String name, int most, int longestKey, int longestValue) {
    SortedMap<String, String> texts = new TreeMap<>();
    for (Map.Entry<String, ?> each : begin.object(name).fields().entrySet()) {
      if (each.getValue() instanceof String text) {
        texts.put(
            begin.within(each.getKey(), "a key of " + name, longestKey),
            begin.within(text, "a value of " + name, longestValue));
      }
    }
    if (texts.size() > most) {
      throw begin.wrong("'%s' has more than %d entries".formatted(name, most));
    }
    return texts;
  }
}
