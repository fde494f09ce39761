package io.saltus.persistence.runs;

import io.saltus.experiment.RunId;
import io.saltus.experiment.event.RunEvent.RunDeleted;
import io.saltus.persistence.home.Home;
import io.saltus.persistence.home.HomeLock;
import io.saltus.persistence.read.JournalReader;
import io.saltus.persistence.read.StoredEvent;
import io.saltus.persistence.read.StoredSnapshot;
import io.saltus.persistence.rocks.JournalStats;
import io.saltus.persistence.rocks.RocksStore;
import io.saltus.persistence.rocks.SnapshotRange;
import io.saltus.persistence.rocks.StoreOptions;
import java.time.Clock;
import java.util.Iterator;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * Takes what nobody can see any more out of a journal: the payloads of deleted runs and of the
 * streams beside them, and snapshots that a later one has superseded.
 *
 * <p>Of a deleted run only {@link RunDeleted}, which has no payload to speak of, stays as it is.
 * Each part is written whole or not at all, and what it says remains until the last part, so a
 * compaction that was broken off leaves a journal that can be read and compacted again.
 */
public final class JournalCompaction {

  /**
   * What was done.
   *
   * @param runs how many deleted runs had payloads
   * @param events how many payloads were emptied
   * @param snapshots how many snapshots were dropped
   * @param bytesBefore the size of the database's files before
   * @param bytesAfter and after
   */
  public record Report(long runs, long events, long snapshots, long bytesBefore, long bytesAfter) {}

  private final RocksStore store;
  private final JournalReader journal;
  private final Consumer<RunId> emptied;
  private long runs;
  private long events;
  private long snapshots;

  private JournalCompaction(RocksStore store, JournalReader journal, Consumer<RunId> emptied) {
    this.store = store;
    this.journal = journal;
    this.emptied = emptied;
  }

  /**
   * Compacts the journal of a home, which is held meanwhile. A home without a journal is left so.
   *
   * @param command what is said to others who want the home
   * @param clock tells when this writer opened the journal
   * @return what was done
   * @throws io.saltus.persistence.home.HomeException when the home is held, damaged, or cannot be
   *     written
   * @throws io.saltus.persistence.read.JournalDamagedException at a damaged event
   */
  public static Report compact(Home home, String command, Clock clock) {
    return compact(home, command, clock, run -> {});
  }

  /**
   * @param emptied told each deleted run once its own events are emptied
   */
  static Report compact(Home home, String command, Clock clock, Consumer<RunId> emptied) {
    if (JournalStats.bytesOnDisk(home) == 0) {
      return new Report(0, 0, 0, 0, 0);
    }
    try (HomeLock lock = home.lockForWriting(command)) {
      long before = JournalStats.bytesOnDisk(home);
      JournalCompaction compaction;
      try (RocksStore store =
              RocksStore.open(lock.home().journal(), StoreOptions.defaults(), clock);
          JournalReader journal = store.reader()) {
        compaction = new JournalCompaction(store, journal, emptied);
        compaction.run();
        store.compact();
      }
      return compaction.report(before, JournalStats.bytesOnDisk(home));
    }
  }

  private Report report(long before, long after) {
    return new Report(runs, events, snapshots, before, after);
  }

  private void run() {
    for (String stream : journal.persistenceIds()) {
      OptionalLong deleted = deletion(stream);
      if (deleted.isPresent()) {
        delete(stream, deleted.getAsLong());
      } else {
        drop(stream);
      }
    }
  }

  /** The number of the event that deleted the run of a stream. */
  private OptionalLong deletion(String stream) {
    if (!stream.startsWith(RunEventSource.PREFIX)) {
      return OptionalLong.empty();
    }
    for (Iterator<StoredEvent> all = all(stream); all.hasNext(); ) {
      StoredEvent event = all.next();
      if (event.manifest().equals(RunDeleted.class.getSimpleName())) {
        return OptionalLong.of(event.sequence());
      }
    }
    return OptionalLong.empty();
  }

  private void delete(String stream, long deletion) {
    String id = stream.substring(RunEventSource.PREFIX.length());
    long before = events;
    empty(stream, 1, deletion - 1);
    empty(stream, deletion + 1, Long.MAX_VALUE);
    snapshots += drop(stream, Long.MAX_VALUE);
    BesideStream.ALL.forEach(kind -> empty(kind.name() + "|" + id, 1, Long.MAX_VALUE));
    if (events > before) {
      runs++;
    }
    if (RunId.isValid(id)) {
      emptied.accept(new RunId(id));
    }
  }

  private void empty(String stream, long from, long until) {
    long found = 0;
    for (Iterator<StoredEvent> all = journal.events(stream, from, until); all.hasNext(); ) {
      all.next();
      found++;
    }
    if (found > 0) {
      store.empty(stream, from, until).join();
      events += found;
    }
  }

  /** Drops all snapshots but the latest. */
  private void drop(String stream) {
    journal
        .latestSnapshot(stream)
        .map(StoredSnapshot::sequence)
        .ifPresent(latest -> snapshots += drop(stream, latest - 1));
  }

  private long drop(String stream, long untilSequence) {
    SnapshotRange range = new SnapshotRange(0, untilSequence, Long.MIN_VALUE, Long.MAX_VALUE);
    long found = store.countSnapshots(stream, range);
    if (found > 0) {
      store.deleteSnapshots(stream, range).join();
    }
    return found;
  }

  private Iterator<StoredEvent> all(String stream) {
    return journal.events(stream, 1, Long.MAX_VALUE);
  }
}
