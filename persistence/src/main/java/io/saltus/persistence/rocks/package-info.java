/**
 * The journal of one machine, on RocksDB: one writing store with group commit, readers in the same
 * and in other processes, and the checks and copies that work on its files.
 */
@NullMarked
package io.saltus.persistence.rocks;

import org.jspecify.annotations.NullMarked;
