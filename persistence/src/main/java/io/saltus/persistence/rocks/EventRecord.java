package io.saltus.persistence.rocks;

import io.saltus.persistence.read.JournalDamagedException;
import io.saltus.persistence.read.SerializedValue;
import io.saltus.persistence.read.StoredEvent;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of an event under its {@code e} key. They are laid out by the caller that serialized
 * the event and sealed by the writing thread, which alone knows the offset.
 */
final class EventRecord {

  static final int LAYOUT = 1;
  static final int EMPTIED = 1;
  static final int WITH_METADATA = 2;

  private static final int FLAGS_AT = 1;
  private static final int OFFSET_AT = 2;
  private static final int KNOWN_FLAGS = EMPTIED | WITH_METADATA;

  private EventRecord() {}

  /** Lays out an event, still without offset and checksum. */
  static byte[] layOut(NewEvent event) {
    SerializedValue payload = event.payload() == null ? SerializedValue.NONE : event.payload();
    int flags =
        (event.payload() == null ? EMPTIED : 0) | (event.metadata() == null ? 0 : WITH_METADATA);
    RecordWriter record =
        new RecordWriter()
            .u8(LAYOUT)
            .u8(flags)
            .i64(0)
            .i64(event.time().toEpochMilli())
            .string(event.writer())
            .string(event.adapterManifest())
            .u16(event.tags().size());
    event.tags().forEach(record::string);
    if (event.metadata() != null) {
      record.value(event.metadata());
    }
    return record.finish(payload);
  }

  /** Completes a laid-out event. */
  static void seal(byte[] key, byte[] record, long offset) {
    ByteBuffer.wrap(record).putLong(OFFSET_AT, offset);
    Checksum.seal(key, record);
  }

  /** What remains of an event when its payload is emptied: its numbers, its time and its writer. */
  static byte[] emptied(byte[] key, StoredEvent event) {
    byte[] record =
        layOut(
            new NewEvent(
                event.sequence(), event.time(), event.writer(), "", List.of(), null, null));
    seal(key, record, event.offset());
    return record;
  }

  static long offset(byte[] record) {
    return record.length < OFFSET_AT + Long.BYTES ? -1 : ByteBuffer.wrap(record).getLong(OFFSET_AT);
  }

  static boolean isEmptied(byte[] record) {
    return record.length > FLAGS_AT && (record[FLAGS_AT] & EMPTIED) != 0;
  }

  static StoredEvent read(String persistenceId, byte[] key, byte[] record) {
    long sequence = Keys.second(key);
    if (!Checksum.matches(key, record)) {
      throw new JournalDamagedException(
          persistenceId,
          sequence,
          "its checksum does not match its %d bytes".formatted(record.length));
    }
    RecordReader in = new RecordReader(record);
    int layout = in.u8();
    int flags = in.u8();
    if (layout != LAYOUT || (flags & ~KNOWN_FLAGS) != 0) {
      throw new JournalDamagedException(
          persistenceId,
          sequence,
          "its layout %d with flags %d is not known to this version of Saltus"
              .formatted(layout, flags));
    }
    try {
      return read(persistenceId, sequence, flags, in);
    } catch (BufferUnderflowException e) {
      throw new JournalDamagedException(persistenceId, sequence, "its lengths exceed its bytes");
    }
  }

  private static StoredEvent read(String persistenceId, long sequence, int flags, RecordReader in) {
    long offset = in.i64();
    Instant time = Instant.ofEpochMilli(in.i64());
    String writer = in.string();
    String adapterManifest = in.string();
    int count = in.u16();
    List<String> tags = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      tags.add(in.string());
    }
    @Nullable SerializedValue metadata = (flags & WITH_METADATA) == 0 ? null : in.value();
    return new StoredEvent(
        persistenceId, sequence, offset, time, writer, adapterManifest, tags, in.value(), metadata);
  }
}
