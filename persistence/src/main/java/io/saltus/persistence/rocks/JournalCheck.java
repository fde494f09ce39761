package io.saltus.persistence.rocks;

import io.saltus.persistence.home.Home;
import io.saltus.persistence.home.HomeException;
import io.saltus.persistence.home.HomeLock;
import io.saltus.persistence.read.JournalDamagedException;
import io.saltus.persistence.read.StoredEvent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;

/**
 * Looks at everything in a journal: checksums of all records and files, contiguous sequence numbers
 * and offsets, and that the index of offsets and the events agree.
 */
public final class JournalCheck {

  /**
   * Something that is not as it was written.
   *
   * @param persistenceId the stream, empty when none in particular is meant
   * @param sequence the event in it, 0 when none in particular is meant
   * @param message what is wrong
   */
  public record Damage(String persistenceId, long sequence, String message) {}

  /**
   * What was found.
   *
   * @param streams how many streams there are
   * @param events how many events were looked at, emptied ones included
   * @param snapshots how many snapshots were looked at
   * @param durableOffset the last offset that was looked at
   * @param damages all damage, up to a thousand
   */
  public record Report(
      long streams, long events, long snapshots, long durableOffset, List<Damage> damages) {

    /** Copies the list. */
    public Report {
      damages = List.copyOf(damages);
    }

    /** Returns whether all is as it was written. */
    public boolean sound() {
      return damages.isEmpty();
    }
  }

  private static final int MOST_DAMAGES = 1000;
  private static final int ATTEMPTS = 5;

  private final Inspection journal;
  private final List<Damage> damages = new ArrayList<>();
  private long events;
  private long snapshots;

  private JournalCheck(Inspection journal) {
    this.journal = journal;
  }

  /**
   * Checks the journal of a home, also while it is written. Changes nothing.
   *
   * @param home the home
   * @return what was found
   * @throws HomeException when the journal is foreign, too new, or may not be read
   */
  public static Report of(Home home) {
    if (Inspection.isEmpty(home)) {
      return new Report(0, 0, 0, 0, List.of());
    }
    // Beside a writer something can seem to be missing for a moment: only what stays missing is.
    Report report = once(home);
    for (int attempt = 1; !report.sound() && attempt < ATTEMPTS && isHeld(home); attempt++) {
      report = once(home);
    }
    return report;
  }

  private static boolean isHeld(Home home) {
    return HomeLock.currentHolder(home).isPresent();
  }

  private static Report once(Home home) {
    try (Inspection journal = Inspection.open(home)) {
      return new JournalCheck(journal).run();
    } catch (HomeException e) {
      if (e.reason() != HomeException.Reason.DAMAGED) {
        throw e;
      }
      return new Report(0, 0, 0, 0, List.of(new Damage("", 0, String.valueOf(e.getMessage()))));
    }
  }

  private Report run() {
    Map<Long, String> streams = journal.streams();
    Map<Long, Long> indexed = index(streams);
    streams.forEach((stream, name) -> stream(stream, name, indexed.getOrDefault(stream, 0L)));
    streams.forEach(this::snapshots);
    files();
    return new Report(streams.size(), events, snapshots, journal.durable(), damages);
  }

  /** Walks the index of offsets; returns the last sequence number that it has of each stream. */
  private Map<Long, Long> index(Map<Long, String> streams) {
    return journal
        .view()
        .ask(
            (db, scan) -> {
              Map<Long, Long> indexed = new HashMap<>();
              long expected = 1;
              try (RocksIterator it = db.newIterator(scan)) {
                it.seek(Keys.of(Keys.OFFSET, 1));
                while (expected <= journal.durable()) {
                  if (!it.isValid() || !Keys.in(Keys.OFFSET, it.key())) {
                    damage(
                        "",
                        0,
                        "offset %d is missing from the index%s".formatted(expected, says(it)));
                    it.seek(Keys.of(Keys.OFFSET, ++expected));
                    continue;
                  }
                  long offset = Keys.first(it.key());
                  if (offset != expected) {
                    damage(
                        "",
                        0,
                        "offsets %d to %d are missing from the index"
                            .formatted(expected, offset - 1));
                    expected = offset;
                    continue;
                  }
                  long stream = Keys.number(it.value(), 0);
                  long sequence = Keys.number(it.value(), Long.BYTES);
                  if (!streams.containsKey(stream)) {
                    damage(
                        "",
                        0,
                        "offset %d belongs to an unknown stream %d".formatted(offset, stream));
                  }
                  indexed.merge(stream, sequence, Math::max);
                  expected++;
                  it.next();
                }
              }
              return indexed;
            });
  }

  private void stream(long stream, String name, long indexed) {
    journal
        .view()
        .ask(
            (db, scan) -> {
              byte[] identity = find(db, scan, Keys.of(Keys.STREAM, stream));
              if (!Arrays.equals(identity, Keys.utf8(name))) {
                damage(name, 0, "stream number %d has another name".formatted(stream));
              }
              walk(db, scan, stream, name, indexed);
              return true;
            });
  }

  /** Goes on behind what cannot be read, up to the last event that the index knows. */
  private void walk(RocksDB db, ReadOptions scan, long stream, String name, long indexed) {
    long expected = 1;
    long offset = 0;
    try (RocksIterator it = db.newIterator(scan)) {
      it.seek(Keys.of(Keys.EVENT, stream, 1));
      while (damages.size() < MOST_DAMAGES) {
        boolean present = it.isValid() && Keys.in(Keys.EVENT, stream, it.key());
        if (!present || Keys.second(it.key()) != expected) {
          if (expected > indexed) {
            return;
          }
          damage(name, expected, "it is missing" + says(it));
          it.seek(Keys.of(Keys.EVENT, stream, ++expected));
          continue;
        }
        long found = event(db, scan, name, it.key(), it.value(), offset);
        if (found > journal.durable()) {
          return;
        }
        offset = Math.max(offset, found);
        events++;
        expected++;
        it.next();
      }
    }
  }

  private long event(
      RocksDB db, ReadOptions scan, String name, byte[] key, byte[] record, long before) {
    try {
      StoredEvent event = EventRecord.read(name, key, record);
      if (event.offset() > journal.durable()) {
        return event.offset();
      }
      if (event.offset() <= before) {
        damage(
            name,
            event.sequence(),
            "its offset %d is not after its predecessor's".formatted(event.offset()));
      }
      byte[] place = find(db, scan, Keys.of(Keys.OFFSET, event.offset()));
      if (!Arrays.equals(place, Ledger.place(Keys.first(key), event.sequence()))) {
        damage(
            name,
            event.sequence(),
            "the index of offsets has something else at its offset %d".formatted(event.offset()));
      }
      return event.offset();
    } catch (JournalDamagedException e) {
      damage(name, e.sequence(), e.what());
      return before;
    }
  }

  private static byte[] find(RocksDB db, ReadOptions scan, byte[] key) {
    try (RocksIterator it = db.newIterator(scan)) {
      it.seek(key);
      return it.isValid() && Arrays.equals(it.key(), key) ? it.value() : new byte[0];
    }
  }

  private void snapshots(long stream, String name) {
    journal
        .view()
        .ask(
            (db, scan) -> {
              try (RocksIterator it = db.newIterator(scan)) {
                it.seek(Keys.of(Keys.SNAPSHOT, stream));
                for (; it.isValid() && Keys.in(Keys.SNAPSHOT, stream, it.key()); it.next()) {
                  snapshots++;
                  try {
                    SnapshotRecord.read(name, it.key(), it.value());
                  } catch (JournalDamagedException e) {
                    damage(name, e.sequence(), e.what());
                  }
                }
              }
              return true;
            });
  }

  private void files() {
    try {
      journal
          .database()
          .read(
              (db, scan) -> {
                db.verifyChecksum();
                return true;
              });
    } catch (RocksDBException e) {
      damage("", 0, "a file of the database is damaged: " + e.getMessage());
    }
  }

  private static String says(RocksIterator it) {
    try {
      it.status();
      return "";
    } catch (RocksDBException e) {
      return " (%s)".formatted(e.getMessage());
    }
  }

  private void damage(String persistenceId, long sequence, String message) {
    if (damages.size() < MOST_DAMAGES) {
      damages.add(new Damage(persistenceId, sequence, message));
    }
  }
}
