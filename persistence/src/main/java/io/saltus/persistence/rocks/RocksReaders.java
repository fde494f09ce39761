package io.saltus.persistence.rocks;

import io.saltus.persistence.read.JournalReader;
import java.nio.file.Path;

/** Opens journals for reading only. */
public final class RocksReaders {

  private RocksReaders() {}

  /**
   * Opens a journal that any process may be writing. Nothing is created in it, no lock is taken.
   *
   * @param directory where RocksDB keeps its files; while there are none, the journal is empty
   * @return a reader of its own, closed by the caller
   * @throws io.saltus.persistence.home.HomeException when it is foreign, damaged, not readable, or
   *     made by a newer version
   */
  public static JournalReader open(Path directory) {
    return SecondaryReader.open(directory);
  }
}
