package io.saltus.app.export;

import io.saltus.experiment.RunId;
import io.saltus.experiment.metric.Column;
import io.saltus.experiment.metric.MetricName;
import io.saltus.experiment.metric.ScalarColumn;
import io.saltus.persistence.projection.RunState;
import io.saltus.persistence.runs.RecordedEvent;
import io.saltus.persistence.runs.RecordedFrame;
import io.saltus.persistence.runs.RunReader;
import io.saltus.persistence.runs.StepRange;
import io.saltus.persistence.tensorboard.EventFileWriter;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * Runs as event files of TensorBoard, a directory for each, with their parameters for its plugin of
 * hyperparameters. {@code validation.accuracy} is the tag {@code validation/accuracy}, so that what
 * belongs together stands together there.
 */
public final class TensorBoardExport implements RunExport<Path> {

  private static final int BUFFER = 1 << 18;

  @Override
  public void write(RunReader runs, List<RunId> chosen, Path to) throws IOException {
    for (RunId run : chosen) {
      write(runs, run, Files.createDirectory(to.resolve(run.value())));
    }
  }

  private static void write(RunReader runs, RunId run, Path directory) throws IOException {
    RunState state = runs.state(run);
    Instant begin = timeOf(runs, run, 1);
    // The seconds in the name order the files of a directory; it tells no machine.
    String name = "events.out.tfevents.%010d.saltus".formatted(begin.getEpochSecond());
    OutputStream out =
        new BufferedOutputStream(Files.newOutputStream(directory.resolve(name)), BUFFER);
    try (EventFileWriter file = new EventFileWriter(out, begin)) {
      file.parameters(
          state.parameters(), state.submission().orElseThrow().spec().experiment(), begin);
      Tags tags = new Tags();
      StepTimes times = new StepTimes(state.imported(), begin);
      Iterator<RecordedFrame> frames = runs.frames(run, StepRange.ALL);
      while (frames.hasNext()) {
        write(file, frames.next(), tags, times);
      }
      file.end(end(state), times.notBefore(timeOf(runs, run, state.lastSequence())));
    }
  }

  private static Instant timeOf(RunReader runs, RunId run, long sequence) {
    Iterator<RecordedEvent> events = runs.events(run, sequence, sequence);
    return events.hasNext() ? events.next().time() : Instant.EPOCH;
  }

  private static EventFileWriter.End end(RunState state) {
    return switch (state.status()) {
      case COMPLETED, IMPORTED -> EventFileWriter.End.SUCCESS;
      case FAILED, CANCELLED -> EventFileWriter.End.FAILURE;
      case QUEUED, RUNNING, PAUSED -> EventFileWriter.End.RUNNING;
    };
  }

  private static void write(
      EventFileWriter file, RecordedFrame recorded, Tags tags, StepTimes times) throws IOException {
    times.enter(recorded);
    List<ScalarColumn> columns =
        recorded.frame().columns().stream()
            .filter(ScalarColumn.class::isInstance)
            .map(ScalarColumn.class::cast)
            .toList();
    String[] names = columns.stream().map(column -> tags.of(column.name())).toArray(String[]::new);
    int[] next = new int[names.length];
    for (long step = first(columns, next); step != Long.MAX_VALUE; step = first(columns, next)) {
      EventFileWriter.Step event = file.step(step, times.of(step));
      for (int i = 0; i < next.length; i++) {
        ScalarColumn column = columns.get(i);
        if (next[i] < column.size() && column.steps().at(next[i]) == step) {
          event.add(names[i], column, next[i]++);
        }
      }
      event.write();
    }
  }

  private static long first(List<ScalarColumn> columns, int[] next) {
    long first = Long.MAX_VALUE;
    for (int i = 0; i < next.length; i++) {
      Column column = columns.get(i);
      if (next[i] < column.size()) {
        first = Math.min(first, column.steps().at(next[i]));
      }
    }
    return first;
  }

  /** Their names for ours; where two of ours would share one, the second keeps its own. */
  private static final class Tags {

    private final Map<MetricName, String> tags = new HashMap<>();

    String of(MetricName name) {
      String known = tags.get(name);
      if (known == null) {
        String grouped = name.value().replace('.', '/');
        known = tags.containsValue(grouped) ? name.value() : grouped;
        tags.put(name, known);
      }
      return known;
    }
  }
}
