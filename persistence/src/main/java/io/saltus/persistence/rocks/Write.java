package io.saltus.persistence.rocks;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;

/** What waits for the writing thread. */
sealed interface Write {

  String persistenceId();

  /** Completed when the write is on disk, or will never be. */
  CompletableFuture<Void> done();

  /** What it occupies while it waits. */
  int bytes();

  /** Events that become durable together or not at all. */
  record Append(
      String persistenceId, long firstSequence, List<byte[]> records, CompletableFuture<Void> done)
      implements Write {
    @Override
    public int bytes() {
      int sum = 0;
      for (byte[] each : records) {
        sum += each.length;
      }
      return sum;
    }
  }

  /**
   * One event behind whatever is the last one of its stream by then.
   *
   * @param sequence its number, set before the write is done
   */
  record AppendNext(
      String persistenceId, byte[] content, AtomicLong sequence, CompletableFuture<Void> done)
      implements Write {
    AppendNext(String persistenceId, byte[] content, CompletableFuture<Void> done) {
      this(persistenceId, content, new AtomicLong(), done);
    }

    @Override
    public int bytes() {
      return content.length;
    }
  }

  /** Empties the payloads of a stream's events in a range of sequence numbers, both included. */
  record Empty(
      String persistenceId, long fromSequence, long untilSequence, CompletableFuture<Void> done)
      implements Write {
    @Override
    public int bytes() {
      return 0;
    }
  }

  /** Keeps a snapshot, in place of others with its sequence number. */
  record SaveSnapshot(
      String persistenceId, long sequence, byte[] content, CompletableFuture<Void> done)
      implements Write {
    @Override
    public int bytes() {
      return content.length;
    }
  }

  /** Deletes snapshots. */
  record DropSnapshots(String persistenceId, SnapshotRange range, CompletableFuture<Void> done)
      implements Write {
    @Override
    public int bytes() {
      return 0;
    }
  }

  /** Nothing to write: wakes the writing thread. */
  record Nothing(CompletableFuture<Void> done) implements Write {
    @Override
    public String persistenceId() {
      return "";
    }

    @Override
    public int bytes() {
      return 0;
    }
  }
}
