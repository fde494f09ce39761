package io.saltus.bench.journal;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.rocksdb.CompressionType;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/**
 * The same bytes straight into RocksDB: one thread, synced batches of as many as there are writers.
 */
final class RawRocks {

  private RawRocks() {}

  static double eventsPerSecond(Path directory, Load load) throws RocksDBException {
    RocksDB.loadLibrary();
    byte[] payload = new byte[load.bytes()];
    new SplittableRandom(1).nextBytes(payload);
    try (Options options =
            new Options()
                .setCreateIfMissing(true)
                .setCompressionType(CompressionType.ZSTD_COMPRESSION);
        WriteOptions synced = new WriteOptions().setSync(true);
        RocksDB db = RocksDB.open(options, directory.toString())) {
      int warmUp = JournalBench.warmUp(load);
      write(db, synced, payload, load.writers(), warmUp, 0);
      long begin = System.nanoTime();
      write(db, synced, payload, load.writers(), load.events(), warmUp);
      return load.totalEvents() / ((System.nanoTime() - begin) / 1e9);
    }
  }

  private static void write(
      RocksDB db, WriteOptions synced, byte[] payload, int writers, int events, int from)
      throws RocksDBException {
    for (int event = from; event < from + events; event++) {
      try (WriteBatch batch = new WriteBatch()) {
        for (int writer = 0; writer < writers; writer++) {
          batch.put(ByteBuffer.allocate(16).putLong(writer).putLong(event + 1L).array(), payload);
        }
        db.write(synced, batch);
      }
    }
  }
}
