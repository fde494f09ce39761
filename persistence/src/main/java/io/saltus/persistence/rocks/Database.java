package io.saltus.persistence.rocks;

import io.saltus.persistence.home.HomeException;
import java.nio.file.Path;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.Cache;
import org.rocksdb.CompactRangeOptions;
import org.rocksdb.CompressionType;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WALRecoveryMode;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/**
 * An open RocksDB with all the native objects it needs. Reads run under a shared lock and closing
 * under the exclusive one, because the use of a closed native object would end the JVM.
 */
final class Database implements AutoCloseable {

  /** A use of the open database. */
  @FunctionalInterface
  interface Reading<T> {
    T from(RocksDB db, ReadOptions scan) throws RocksDBException;
  }

  private final ReadWriteLock lock = new ReentrantReadWriteLock();
  private final RocksDB db;
  private final AutoCloseable[] natives;
  private final ReadOptions scan = new ReadOptions();
  private final WriteOptions synced = new WriteOptions().setSync(true);
  private final WriteOptions unsynced = new WriteOptions();
  private boolean closed;

  private Database(RocksDB db, AutoCloseable... natives) {
    this.db = db;
    this.natives = natives;
  }

  /** Opens the database for writing; RocksDB's own lock refuses a second writer. */
  static Database primary(Path directory, StoreOptions settings) {
    RocksLibrary.load();
    Cache cache = new LRUCache(settings.blockCacheBytes());
    Options options =
        common(cache)
            .setCreateIfMissing(true)
            .setWriteBufferSize(settings.writeBufferBytes())
            .setMaxWriteBufferNumber(3)
            .setMaxTotalWalSize(4 * settings.writeBufferBytes())
            .setMaxBackgroundJobs(2);
    return open(directory, options, cache, () -> RocksDB.open(options, directory.toString()));
  }

  /**
   * Opens the database for a few last writes on a disk with hardly any room: what its logs hold
   * stays there and goes into no table file, and no log takes more blocks than it fills.
   */
  static Database sparing(Path directory) {
    RocksLibrary.load();
    Cache cache = new LRUCache(StoreOptions.defaults().blockCacheBytes());
    // Never reached: what the logs hold at most is a quarter of it.
    long buffer = 16 * StoreOptions.defaults().writeBufferBytes();
    Options options =
        common(cache)
            .setWriteBufferSize(buffer)
            .setMaxTotalWalSize(buffer)
            .setAvoidFlushDuringRecovery(true)
            .setAllowFAllocate(false)
            .setDisableAutoCompactions(true);
    return open(directory, options, cache, () -> RocksDB.open(options, directory.toString()));
  }

  /**
   * Opens the database of another process, or of this one, for reading.
   *
   * @param scratch a directory outside the home for what RocksDB wants to write all the same
   */
  static Database secondary(Path directory, Path scratch) {
    RocksLibrary.load();
    Cache cache = new LRUCache(StoreOptions.defaults().blockCacheBytes());
    Options options = common(cache);
    return open(
        directory,
        options,
        cache,
        () -> RocksDB.openAsSecondary(options, directory.toString(), scratch.toString()));
  }

  /** Opens the database at rest, for checks: replays logs into memory and writes nothing. */
  static Database readOnly(Path directory) {
    RocksLibrary.load();
    Cache cache = new LRUCache(StoreOptions.defaults().blockCacheBytes());
    Options options = common(cache);
    return open(
        directory, options, cache, () -> RocksDB.openReadOnly(options, directory.toString()));
  }

  private static Options common(Cache cache) {
    return new Options()
        // The default mode, PointInTimeRecovery, opens a log with a flipped bit and silently drops
        // what follows; this one accepts a torn tail, the trace of a crash, and refuses most flips:
        // Logs refuses all of them.
        .setWalRecoveryMode(WALRecoveryMode.TolerateCorruptedTailRecords)
        // A secondary must hold every file open: the writer deletes those that it has merged.
        .setMaxOpenFiles(-1)
        .setCompressionType(CompressionType.ZSTD_COMPRESSION)
        .setInfoLogLevel(InfoLogLevel.WARN_LEVEL)
        .setKeepLogFileNum(2)
        .setMaxLogFileSize(1 << 20)
        .setTableFormatConfig(
            new BlockBasedTableConfig().setBlockCache(cache).setBlockSize(16 * 1024));
  }

  private interface Opening {
    RocksDB open() throws RocksDBException;
  }

  private static Database open(Path directory, Options options, Cache cache, Opening opening) {
    try {
      Logs.refuseDamaged(directory);
      return new Database(opening.open(), options, cache);
    } catch (RocksDBException e) {
      options.close();
      cache.close();
      throw Trouble.opening(directory, e);
    } catch (HomeException e) {
      options.close();
      cache.close();
      throw e;
    }
  }

  <T> T read(Reading<T> reading) throws RocksDBException {
    lock.readLock().lock();
    try {
      if (closed) {
        throw new IllegalStateException("the journal is closed");
      }
      return reading.from(db, scan);
    } finally {
      lock.readLock().unlock();
    }
  }

  /** Writes a batch; when this returns after a synced one, the batch is on disk. */
  void write(WriteBatch batch, boolean sync) throws RocksDBException {
    read(
        (open, ignored) -> {
          open.write(sync ? synced : unsynced, batch);
          return true;
        });
  }

  /** Merges all files into new ones, without what was deleted or replaced. */
  void compact() throws RocksDBException {
    read(
        (open, ignored) -> {
          try (CompactRangeOptions all =
              new CompactRangeOptions()
                  .setBottommostLevelCompaction(
                      CompactRangeOptions.BottommostLevelCompaction.kForceOptimized)) {
            open.compactRange(open.getDefaultColumnFamily(), null, null, all);
          }
          return true;
        });
  }

  /** Puts on disk what was written unsynced, as far as the disk still can. */
  void sync() {
    lock.readLock().lock();
    try {
      if (!closed) {
        db.syncWal();
      }
    } catch (RocksDBException e) {
      // Unsynced are only marks; the next writer makes them again.
      return;
    } finally {
      lock.readLock().unlock();
    }
  }

  @Override
  public void close() {
    lock.writeLock().lock();
    try {
      if (!closed) {
        closed = true;
        closeNatives();
      }
    } finally {
      lock.writeLock().unlock();
    }
  }

  private void closeNatives() {
    db.close();
    scan.close();
    synced.close();
    unsynced.close();
    for (AutoCloseable each : natives) {
      try {
        each.close();
      } catch (Exception e) {
        throw new IllegalStateException("cannot close the journal", e);
      }
    }
  }
}
