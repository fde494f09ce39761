package io.saltus.persistence.rocks;

import io.saltus.persistence.home.Home;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.rocksdb.RocksIterator;

/**
 * How much lies in a journal.
 *
 * @param streams one line per stream, in byte order of their names
 * @param durableOffset the last offset
 * @param bytesOnDisk the size of all files of the database, compressed as they are
 */
public record JournalStats(List<StreamStats> streams, long durableOffset, long bytesOnDisk) {

  /**
   * How much lies in a stream.
   *
   * @param persistenceId its name
   * @param events its events, emptied ones included
   * @param emptied those of them whose payload was emptied
   * @param bytes the size of its records before compression
   * @param snapshots its snapshots
   */
  public record StreamStats(
      String persistenceId, long events, long emptied, long bytes, long snapshots) {}

  /** Copies the list. */
  public JournalStats {
    streams = List.copyOf(streams);
  }

  /** Returns the number of events in all streams. */
  public long events() {
    return streams.stream().mapToLong(StreamStats::events).sum();
  }

  /** Returns the size of all records before compression. */
  public long bytes() {
    return streams.stream().mapToLong(StreamStats::bytes).sum();
  }

  /**
   * Measures the journal of a home, also while it is written. Changes nothing.
   *
   * @param home the home
   * @return the measures
   */
  public static JournalStats of(Home home) {
    if (Inspection.isEmpty(home)) {
      return new JournalStats(List.of(), 0, 0);
    }
    try (Inspection journal = Inspection.open(home)) {
      List<StreamStats> streams = new ArrayList<>();
      for (Map.Entry<Long, String> each : journal.streams().entrySet()) {
        streams.add(stream(journal, each.getKey(), each.getValue()));
      }
      streams.sort(Comparator.comparing(StreamStats::persistenceId));
      return new JournalStats(streams, journal.durable(), size(home.journal()));
    }
  }

  /** Returns the size of all files of a home's database, 0 when there is none. */
  public static long bytesOnDisk(Home home) {
    return Files.isDirectory(home.journal()) ? size(home.journal()) : 0;
  }

  private static StreamStats stream(Inspection journal, long stream, String name) {
    return journal
        .view()
        .ask(
            (db, scan) -> {
              long events = 0;
              long emptied = 0;
              long bytes = 0;
              long snapshots = 0;
              try (RocksIterator it = db.newIterator(scan)) {
                it.seek(Keys.of(Keys.EVENT, stream));
                for (; it.isValid() && Keys.in(Keys.EVENT, stream, it.key()); it.next()) {
                  byte[] record = it.value();
                  if (EventRecord.offset(record) > journal.durable()) {
                    break;
                  }
                  events++;
                  emptied += EventRecord.isEmptied(record) ? 1 : 0;
                  bytes += record.length;
                }
                it.status();
                it.seek(Keys.of(Keys.SNAPSHOT, stream));
                for (; it.isValid() && Keys.in(Keys.SNAPSHOT, stream, it.key()); it.next()) {
                  snapshots++;
                }
                it.status();
              }
              return new StreamStats(name, events, emptied, bytes, snapshots);
            });
  }

  private static long size(Path directory) {
    try (Stream<Path> files = Files.list(directory)) {
      return files.mapToLong(JournalStats::sizeOf).sum();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list %s: %s".formatted(directory, e.getMessage()), e);
    }
  }

  /** Files come and go while the journal is written. */
  private static long sizeOf(Path file) {
    try {
      return Files.size(file);
    } catch (NoSuchFileException e) {
      return 0;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot measure %s: %s".formatted(file, e.getMessage()), e);
    }
  }
}
