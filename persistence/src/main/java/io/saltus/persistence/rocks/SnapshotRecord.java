package io.saltus.persistence.rocks;

import io.saltus.persistence.read.JournalDamagedException;
import io.saltus.persistence.read.SerializedValue;
import io.saltus.persistence.read.StoredSnapshot;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The bytes of a snapshot under its {@code s} key. */
final class SnapshotRecord {

  static final int LAYOUT = 1;
  static final int WITH_METADATA = 1;

  private static final int TIME_AT = 2;

  private SnapshotRecord() {}

  /** Lays out a snapshot, still without checksum. */
  static byte[] layOut(Instant time, SerializedValue payload, @Nullable SerializedValue metadata) {
    RecordWriter record =
        new RecordWriter()
            .u8(LAYOUT)
            .u8(metadata == null ? 0 : WITH_METADATA)
            .i64(time.toEpochMilli());
    if (metadata != null) {
      record.value(metadata);
    }
    return record.finish(payload);
  }

  /** Looks only at the sequence number and the time, so that damaged snapshots can be deleted. */
  static boolean isIn(SnapshotRange range, byte[] key, byte[] record) {
    long time = record.length < TIME_AT + Long.BYTES ? 0 : ByteBuffer.wrap(record).getLong(TIME_AT);
    return range.contains(Keys.second(key), time);
  }

  static StoredSnapshot read(String persistenceId, byte[] key, byte[] record) {
    long sequence = Keys.second(key);
    if (!Checksum.matches(key, record)) {
      throw damaged(persistenceId, sequence, "checksum");
    }
    RecordReader in = new RecordReader(record);
    int layout = in.u8();
    int flags = in.u8();
    if (layout != LAYOUT || (flags & ~WITH_METADATA) != 0) {
      throw damaged(persistenceId, sequence, "layout " + layout);
    }
    try {
      Instant time = Instant.ofEpochMilli(in.i64());
      @Nullable SerializedValue metadata = flags == 0 ? null : in.value();
      return new StoredSnapshot(persistenceId, sequence, time, in.value(), metadata);
    } catch (BufferUnderflowException e) {
      throw damaged(persistenceId, sequence, "lengths");
    }
  }

  private static JournalDamagedException damaged(String persistenceId, long sequence, String what) {
    return new JournalDamagedException(
        persistenceId, sequence, "the snapshot taken there has a wrong " + what);
  }
}
