package io.saltus.app.imports;

import io.saltus.app.problem.Refusal;
import io.saltus.experiment.metric.Catalogue;
import io.saltus.experiment.metric.MetricFrame;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** The frames of one run of an export that are part of its history: none that were rewound. */
final class JsonlFrames implements ForeignRun.Frames {

  private final SourceFile file;
  private final long offset;
  private final long before;

  /** By sequence number the step that an event rewinds to; the steps ascend, too. */
  private final NavigableMap<Long, Long> rewinds = new TreeMap<>();

  private long events;
  private boolean beside;

  /**
   * @param offset of the line that begins the run
   * @param before how many lines there are before it
   */
  JsonlFrames(SourceFile file, long offset, long before) {
    this.file = file;
    this.offset = offset;
    this.before = before;
  }

  /** Takes note of a line, the first time that the file is read. */
  void look(JsonLine line) {
    beside |= line.has("stream");
    if (beside || line.has("inherited")) {
      return;
    }
    long sequence = line.whole("sequence");
    if (sequence <= events) {
      throw line.wrong("event " + sequence + " follows event " + events);
    }
    events = sequence;
    if (line.text("type").equals("HistoryRewound")) {
      long to = line.object("data").whole("toStep");
      while (!rewinds.isEmpty() && rewinds.lastEntry().getValue() >= to) {
        rewinds.pollLastEntry();
      }
      rewinds.put(sequence, to);
    }
  }

  /** Looks whether all events have come by the line that ends the run. */
  void requireAll(JsonLine end) {
    if (end.whole("lastSequence") != events) {
      throw end.wrong(
          "the run has events up to %s, and they came up to %d"
              .formatted(end.text("lastSequence"), events));
    }
  }

  @Override
  public void pour(FrameSink into) throws IOException {
    try (JsonLines lines = new JsonLines(file, offset, before)) {
      Pouring pouring = new Pouring(into);
      Optional<JsonLine> line = lines.next();
      while (line.isPresent() && !line.get().has("end") && !line.get().has("stream")) {
        pouring.on(line.get());
        line = lines.next();
      }
    }
  }

  /** The second reading. */
  private final class Pouring {

    private final FrameSink into;
    private final Map<String, Catalogue> catalogues = new HashMap<>();
    private String attempt = "";
    private long step = -1;

    Pouring(FrameSink into) {
      this.into = into;
    }

    void on(JsonLine line) {
      if (line.has("inherited")) {
        String recorder = line.text("inherited") + " " + line.whole("attempt");
        if (line.has("catalogue")) {
          catalogues.put(recorder, FrameReader.catalogue(line.object("catalogue")));
        }
        add(line, recorder, FrameReader.frame(line.object("frame")));
      } else if (line.has("type")) {
        event(line);
      }
    }

    private void event(JsonLine line) {
      String type = line.text("type");
      if (type.equals("AttemptStarted")) {
        JsonLine data = line.object("data");
        catalogues.put(
            "own " + data.whole("attempt"), FrameReader.catalogue(data.object("catalogue")));
      } else if (type.equals("MetricsRecorded")) {
        JsonLine data = line.object("data");
        Map.Entry<Long, Long> rewind = rewinds.higherEntry(line.whole("sequence"));
        long last = rewind == null ? Long.MAX_VALUE : rewind.getValue();
        MetricFrame frame = FrameReader.frame(data.object("frame"));
        if (frame.from() <= last) {
          add(line, "own " + data.whole("attempt"), frame.between(frame.from(), last));
        }
      }
    }

    private void add(JsonLine line, String recorder, MetricFrame frame) {
      if (!recorder.equals(attempt)) {
        Catalogue catalogue = catalogues.get(recorder);
        if (catalogue == null) {
          throw line.wrong("nothing says what this attempt records");
        }
        into.start(catalogue);
        attempt = recorder;
      }
      if (frame.from() <= step) {
        throw line.wrong("a frame from step %d follows step %d".formatted(frame.from(), step));
      }
      step = frame.until();
      into.add(frame);
    }
  }

  /** Reads everything as it would be read, and keeps nothing of it. */
  void rehearse() throws IOException {
    try {
      pour(
          new FrameSink() {
            @Override
            public void start(Catalogue catalogue) {}

            @Override
            public void add(MetricFrame frame) {}
          });
    } catch (IllegalArgumentException e) {
      throw Refusal.wrong(String.valueOf(e.getMessage()), file.toString(), "");
    }
  }
}
