package io.saltus.persistence.rocks;

/**
 * How much memory a store may use, and how many writes may wait.
 *
 * @param writeBufferBytes one of at most three buffers in which RocksDB collects writes
 * @param blockCacheBytes the cache of uncompressed blocks
 * @param queuedWrites how many writes may wait for the disk before callers do
 * @param queuedBytes how many bytes may wait for the disk before callers do
 * @param groupBytes how many bytes are written with one synchronisation of the disk; a single
 *     larger write is not split
 */
public record StoreOptions(
    long writeBufferBytes,
    long blockCacheBytes,
    int queuedWrites,
    int queuedBytes,
    int groupBytes) {

  private static final int MIB = 1024 * 1024;

  /** Refuses what cannot work. */
  public StoreOptions {
    atLeast("writeBufferBytes", writeBufferBytes, 64 * 1024);
    atLeast("blockCacheBytes", blockCacheBytes, 0);
    atLeast("queuedWrites", queuedWrites, 1);
    atLeast("queuedBytes", queuedBytes, 1024);
    atLeast("groupBytes", groupBytes, 1);
  }

  /** Returns what suits one machine: at most about 150 MiB in all. */
  public static StoreOptions defaults() {
    return new StoreOptions(32L * MIB, 32L * MIB, 4096, 32 * MIB, 8 * MIB);
  }

  private static void atLeast(String name, long value, long least) {
    if (value < least) {
      throw new IllegalArgumentException("%s is %d, below %d".formatted(name, value, least));
    }
  }
}
