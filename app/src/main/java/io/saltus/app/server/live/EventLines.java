package io.saltus.app.server.live;

import io.saltus.app.json.EventJson;
import io.saltus.app.report.EventAttempts;
import io.saltus.experiment.RunId;
import io.saltus.persistence.read.JournalDamagedException;
import io.saltus.persistence.runs.BesideEvent;
import io.saltus.persistence.runs.BesideReader;
import io.saltus.persistence.runs.BesideStream;
import io.saltus.persistence.runs.RecordedEvent;
import io.saltus.persistence.runs.RunReader;
import io.saltus.persistence.runs.UnknownEventException;
import java.util.Iterator;
import java.util.Optional;

/** Events of runs, and of the streams beside them, as lines of JSON that say which stream. */
public final class EventLines {

  private EventLines() {}

  /** One event; empty where its content is gone or cannot be read. */
  static Optional<String> of(RunReader runs, StreamName stream, long sequence) {
    RunId run = new RunId(stream.id());
    try {
      if (stream.kind().equals(StreamName.RUN)) {
        Iterator<RecordedEvent> found = runs.events(run, sequence, sequence);
        return found.hasNext()
            ? Optional.of(of(found.next(), new EventAttempts(runs, run)))
            : Optional.empty();
      }
      Optional<BesideStream<?>> beside = beside(stream.kind());
      return beside.flatMap(kind -> one(runs.beside(run, kind), kind, sequence));
    } catch (JournalDamagedException | UnknownEventException unreadable) {
      // Whoever asks for the event itself is told.
      return Optional.empty();
    }
  }

  private static <E> Optional<String> one(
      BesideReader<E> reader, BesideStream<?> kind, long sequence) {
    Iterator<BesideEvent<E>> found = reader.events(sequence, sequence);
    return found.hasNext() ? Optional.of(of(found.next(), kind)) : Optional.empty();
  }

  /** The stream beside runs of a name. */
  public static Optional<BesideStream<?>> beside(String name) {
    return BesideStream.ALL.stream().filter(kind -> kind.name().equals(name)).findFirst();
  }

  /** An event of a run's own stream. */
  public static String of(RecordedEvent event, EventAttempts attempts) {
    return with(EventJson.line(event, attempts.of(event)), StreamName.RUN);
  }

  /** An event beside a run. */
  public static String of(BesideEvent<?> event, BesideStream<?> kind) {
    return with(EventJson.line(event), kind.name());
  }

  private static String with(String line, String stream) {
    return line.substring(0, line.length() - 1) + ",\"stream\":\"" + stream + "\"}";
  }
}
