package io.saltus.persistence.runs;

import io.saltus.experiment.RunId;
import io.saltus.persistence.index.RunIndex;
import io.saltus.persistence.index.RunIndexFile;
import io.saltus.persistence.index.RunSummary;
import io.saltus.persistence.read.JournalReader;
import io.saltus.persistence.read.StoredEvent;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.CRC32C;

/**
 * What an index says of the runs that have not changed since, and which have. It is believed only
 * where the journal has the very event that it was made after.
 *
 * @param offset the last event that the index knows
 * @param unchanged in the order of their submission, deleted ones included
 * @param changed to be read from the journal, in byte order
 */
record KnownRuns(long offset, List<RunSummary> unchanged, Collection<RunId> changed) {

  /** Those of an index, brought up to where a journal's reader stands; empty if it has none. */
  static Optional<KnownRuns> of(JournalReader journal, RunIndexFile file) {
    return file.read()
        .filter(index -> belongs(index, journal))
        .map(index -> broughtUpToDate(index, journal));
  }

  private static boolean belongs(RunIndex index, JournalReader journal) {
    if (index.offset() > journal.durableOffset()
        || !journal.identity().equals(Optional.of(index.journal()))) {
      return false;
    }
    OptionalInt proof = proof(journal, index.offset());
    return proof.isPresent() && proof.getAsInt() == index.proof();
  }

  private static KnownRuns broughtUpToDate(RunIndex index, JournalReader journal) {
    Set<RunId> changed = new TreeSet<>(index.unread());
    for (String stream : journal.changedSince(index.offset())) {
      RunEventSource.run(stream).ifPresent(changed::add);
    }
    if (changed.isEmpty()) {
      return new KnownRuns(index.offset(), index.runs(), changed);
    }
    // What a fork begins with is read from its parent, which was submitted before it.
    index.runs().stream()
        .filter(run -> run.parent().filter(changed::contains).isPresent())
        .forEach(run -> changed.add(run.run()));
    Set<RunId> left = new HashSet<>(changed);
    return new KnownRuns(
        index.offset(),
        index.runs().stream().filter(run -> !left.contains(run.run())).toList(),
        changed);
  }

  /** A checksum of the event at an offset; empty where there is none or it was emptied. */
  static OptionalInt proof(JournalReader journal, long offset) {
    Iterator<StoredEvent> events = journal.byOffset(offset);
    if (offset < 1 || !events.hasNext()) {
      return OptionalInt.empty();
    }
    StoredEvent event = events.next();
    return event.offset() == offset ? OptionalInt.of(proof(event)) : OptionalInt.empty();
  }

  static int proof(StoredEvent event) {
    CRC32C crc = new CRC32C();
    crc.update(event.persistenceId().getBytes(StandardCharsets.UTF_8));
    crc.update(
        ByteBuffer.allocate(2 * Long.BYTES)
            .putLong(event.sequence())
            .putLong(event.time().toEpochMilli())
            .flip());
    crc.update(event.manifest().getBytes(StandardCharsets.UTF_8));
    crc.update(event.bytes().asByteBuffer());
    return (int) crc.getValue();
  }
}
