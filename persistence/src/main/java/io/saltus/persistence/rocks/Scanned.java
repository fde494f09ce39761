package io.saltus.persistence.rocks;

/** Receives keys and values as they stand in the files of a database. */
@FunctionalInterface
interface Scanned {
  void put(byte[] key, byte[] value);
}
