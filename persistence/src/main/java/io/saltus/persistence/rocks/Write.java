package io.saltus.persistence.rocks;

import java.util.List;
import java.util.concurrent.CompletableFuture;

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

  /** Empties the payloads of a stream's events up to a sequence number. */
  record Empty(String persistenceId, long untilSequence, CompletableFuture<Void> done)
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
