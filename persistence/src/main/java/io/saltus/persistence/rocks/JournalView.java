package io.saltus.persistence.rocks;

import io.saltus.persistence.home.HomeException;
import io.saltus.persistence.read.JournalDamagedException;
import io.saltus.persistence.read.StoredEvent;
import io.saltus.persistence.read.StoredSnapshot;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;

/**
 * The questions that are put to an open database. Only iterators are used: a secondary's {@code
 * get} was seen to return old values. Every answer stops at the durable offset that it is given.
 */
final class JournalView {

  /** Bounds of one batch: iterators live no longer than this takes to read. */
  private static final int BATCH_EVENTS = 1024;

  private static final long BATCH_BYTES = 4L << 20;
  private static final int NUMBERS_KEPT = 10_000;

  /** A number is missing where none may be: damage, or a secondary that has not caught up. */
  static final class Hole extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final JournalDamagedException damage;

    Hole(JournalDamagedException damage) {
      super(damage.getMessage(), damage);
      this.damage = damage;
    }

    JournalDamagedException damage() {
      return damage;
    }
  }

  /**
   * Some events, and where to go on.
   *
   * @param next the number after the last one looked at
   * @param ended whether there is nothing from {@code next} on
   */
  record Batch(List<StoredEvent> events, long next, boolean ended) {}

  private final Database database;
  private final Map<Long, String> names = new ConcurrentHashMap<>();
  private final Map<String, Long> numbers = new ConcurrentHashMap<>();

  JournalView(Database database) {
    this.database = database;
  }

  /** The number of a stream, 0 when there is no such stream. It is asked for again and again. */
  long stream(String persistenceId) {
    Long known = numbers.get(persistenceId);
    if (known != null) {
      return known;
    }
    long found = findStream(persistenceId);
    if (found != 0) {
      if (numbers.size() >= NUMBERS_KEPT) {
        numbers.clear();
      }
      numbers.put(persistenceId, found);
    }
    return found;
  }

  private long findStream(String persistenceId) {
    byte[] key = Keys.streamByName(persistenceId);
    return ask(
        (db, scan) -> {
          try (RocksIterator it = db.newIterator(scan)) {
            it.seek(key);
            if (it.isValid() && Arrays.equals(it.key(), key)) {
              return Keys.number(it.value(), 0);
            }
            it.status();
            return 0L;
          }
        });
  }

  List<String> persistenceIds(long durable) {
    return ask(
        (db, scan) -> {
          List<String> found = new ArrayList<>();
          try (RocksIterator names = db.newIterator(scan);
              RocksIterator events = db.newIterator(scan)) {
            names.seek(Keys.range(Keys.STREAM_BY_NAME));
            for (; names.isValid() && Keys.in(Keys.STREAM_BY_NAME, names.key()); names.next()) {
              byte[] first = Keys.of(Keys.EVENT, Keys.number(names.value(), 0), 1);
              events.seek(first);
              if (events.isValid()
                  && Arrays.equals(events.key(), first)
                  && EventRecord.offset(events.value()) <= durable) {
                found.add(Keys.name(names.key()));
              }
            }
            names.status();
            events.status();
          }
          return found;
        });
  }

  /** One seek, and a step back for each event that is not durable yet. */
  long highestSequence(long stream, long durable) {
    return ask(
        (db, scan) -> {
          try (RocksIterator it = db.newIterator(scan)) {
            it.seekForPrev(Keys.of(Keys.EVENT, stream, Long.MAX_VALUE));
            for (; it.isValid() && Keys.in(Keys.EVENT, stream, it.key()); it.prev()) {
              if (EventRecord.offset(it.value()) <= durable) {
                return Keys.second(it.key());
              }
            }
            it.status();
            return 0L;
          }
        });
  }

  /** The highest first number in a range of keys, 0 when the range is empty. */
  long last(byte range) {
    return ask(
        (db, scan) -> {
          try (RocksIterator it = db.newIterator(scan)) {
            it.seekForPrev(Keys.of(range, Long.MAX_VALUE, Long.MAX_VALUE));
            if (it.isValid() && Keys.in(range, it.key())) {
              return Keys.first(it.key());
            }
            it.status();
            return 0L;
          }
        });
  }

  Batch events(String persistenceId, long from, long until, long durable) {
    long stream = stream(persistenceId);
    return stream == 0
        ? new Batch(List.of(), from, true)
        : ask((db, scan) -> events(db, scan, persistenceId, stream, from, until, durable));
  }

  private static Batch events(
      RocksDB db,
      ReadOptions scan,
      String persistenceId,
      long stream,
      long from,
      long until,
      long durable) {
    List<StoredEvent> found = new ArrayList<>();
    long next = from;
    long bytes = 0;
    try (RocksIterator it = db.newIterator(scan)) {
      it.seek(Keys.of(Keys.EVENT, stream, from));
      for (; it.isValid() && next <= until; it.next(), next++) {
        byte[] key = it.key();
        if (!Keys.in(Keys.EVENT, stream, key)) {
          return new Batch(found, next, true);
        }
        if (Keys.second(key) != next) {
          throw new Hole(new JournalDamagedException(persistenceId, next, "it is missing"));
        }
        byte[] record = it.value();
        StoredEvent event = EventRecord.read(persistenceId, key, record);
        if (event.offset() > durable) {
          return new Batch(found, next, true);
        }
        if (!EventRecord.isEmptied(record)) {
          found.add(event);
        }
        bytes += record.length;
        if (found.size() >= BATCH_EVENTS || bytes >= BATCH_BYTES) {
          return new Batch(found, next + 1, false);
        }
      }
      it.status();
      return new Batch(found, next, true);
    } catch (RocksDBException e) {
      throw damaged(persistenceId, next, e);
    }
  }

  Batch byOffset(long from, long durable) {
    return ask((db, scan) -> byOffset(db, scan, from, durable));
  }

  private Batch byOffset(RocksDB db, ReadOptions scan, long from, long durable)
      throws RocksDBException {
    List<StoredEvent> found = new ArrayList<>();
    long next = from;
    long bytes = 0;
    try (RocksIterator offsets = db.newIterator(scan);
        RocksIterator events = db.newIterator(scan)) {
      offsets.seek(Keys.of(Keys.OFFSET, from));
      for (; next <= durable; offsets.next(), next++) {
        requireOffset(offsets, next);
        byte[] place = offsets.value();
        long stream = Keys.number(place, 0);
        long sequence = Keys.number(place, Long.BYTES);
        byte[] record = at(events, Keys.of(Keys.EVENT, stream, sequence), name(stream), sequence);
        if (!EventRecord.isEmptied(record)) {
          found.add(EventRecord.read(name(stream), Keys.of(Keys.EVENT, stream, sequence), record));
        }
        bytes += record.length;
        if (found.size() >= BATCH_EVENTS || bytes >= BATCH_BYTES) {
          return new Batch(found, next + 1, false);
        }
      }
      return new Batch(found, next, true);
    }
  }

  /** The streams of the events from an offset on; looks at the index of offsets alone. */
  Set<String> changed(long from, long durable) {
    Set<Long> streams =
        ask(
            (db, scan) -> {
              Set<Long> found = new HashSet<>();
              try (RocksIterator offsets = db.newIterator(scan)) {
                offsets.seek(Keys.of(Keys.OFFSET, from));
                for (long next = from; next <= durable; offsets.next(), next++) {
                  requireOffset(offsets, next);
                  found.add(Keys.number(offsets.value(), 0));
                }
              }
              return found;
            });
    Set<String> changed = new HashSet<>();
    streams.forEach(stream -> changed.add(name(stream)));
    return changed;
  }

  private static void requireOffset(RocksIterator offsets, long next) throws RocksDBException {
    if (!offsets.isValid()
        || !Keys.in(Keys.OFFSET, offsets.key())
        || Keys.first(offsets.key()) != next) {
      offsets.status();
      throw new Hole(
          new JournalDamagedException("offset " + next, 0, "the index has no such offset"));
    }
  }

  /** Tries the next key first: neighbours in the journal are mostly neighbours in their stream. */
  private static byte[] at(RocksIterator events, byte[] key, String persistenceId, long sequence) {
    if (events.isValid()) {
      events.next();
    }
    if (!events.isValid() || !Arrays.equals(events.key(), key)) {
      events.seek(key);
    }
    try {
      events.status();
    } catch (RocksDBException e) {
      throw damaged(persistenceId, sequence, e);
    }
    if (!events.isValid() || !Arrays.equals(events.key(), key)) {
      throw new Hole(new JournalDamagedException(persistenceId, sequence, "it is missing"));
    }
    return events.value();
  }

  String name(long stream) {
    String known = names.get(stream);
    if (known != null) {
      return known;
    }
    byte[] key = Keys.of(Keys.STREAM, stream);
    String found =
        ask(
            (db, scan) -> {
              try (RocksIterator it = db.newIterator(scan)) {
                it.seek(key);
                it.status();
                if (!it.isValid() || !Arrays.equals(it.key(), key)) {
                  throw new Hole(
                      new JournalDamagedException(
                          "stream " + stream, 0, "the journal does not know its name"));
                }
                return new String(it.value(), java.nio.charset.StandardCharsets.UTF_8);
              }
            });
    names.put(stream, found);
    return found;
  }

  /** The latest snapshot in a range whose events are all durable. */
  Optional<StoredSnapshot> snapshot(String persistenceId, SnapshotRange range, long durable) {
    long stream = stream(persistenceId);
    if (stream == 0) {
      return Optional.empty();
    }
    return ask(
        (db, scan) -> {
          try (RocksIterator it = db.newIterator(scan)) {
            it.seekForPrev(Keys.snapshot(stream, range.maxSequence(), -1));
            for (; it.isValid() && Keys.in(Keys.SNAPSHOT, stream, it.key()); it.prev()) {
              StoredSnapshot found = SnapshotRecord.read(persistenceId, it.key(), it.value());
              if (range.contains(found.sequence(), found.time().toEpochMilli())
                  && isDurable(db, scan, stream, found.sequence(), durable)) {
                return Optional.of(found);
              }
            }
            it.status();
            return Optional.<StoredSnapshot>empty();
          }
        });
  }

  /** The keys of a stream's snapshots, durable or not. */
  List<byte[]> snapshots(long stream, SnapshotRange range) {
    return ask(
        (db, scan) -> {
          List<byte[]> keys = new ArrayList<>();
          try (RocksIterator it = db.newIterator(scan)) {
            it.seek(Keys.snapshot(stream, range.minSequence(), 0));
            for (; it.isValid() && Keys.in(Keys.SNAPSHOT, stream, it.key()); it.next()) {
              if (SnapshotRecord.isIn(range, it.key(), it.value())) {
                keys.add(it.key());
              }
            }
            it.status();
          }
          return keys;
        });
  }

  private static boolean isDurable(
      RocksDB db, ReadOptions scan, long stream, long sequence, long durable) {
    try (RocksIterator it = db.newIterator(scan)) {
      it.seekForPrev(Keys.of(Keys.EVENT, stream, sequence));
      return !it.isValid()
          || !Keys.in(Keys.EVENT, stream, it.key())
          || EventRecord.offset(it.value()) <= durable;
    }
  }

  private static JournalDamagedException damaged(
      String persistenceId, long sequence, RocksDBException e) {
    JournalDamagedException damage =
        new JournalDamagedException(
            persistenceId, sequence, "it cannot be read (%s)".formatted(e.getMessage()));
    damage.initCause(e);
    return damage;
  }

  /** For questions that concern no event in particular. */
  <T> T ask(Database.Reading<T> question) {
    try {
      return database.read(question);
    } catch (RocksDBException e) {
      throw new HomeException(
          HomeException.Reason.DAMAGED,
          "the journal is damaged: it cannot be read (%s). `saltus journal copy --to DIR --salvage` saves what can be read."
              .formatted(e.getMessage()),
          e);
    }
  }
}
