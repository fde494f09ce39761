package io.saltus.persistence.rocks;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * A write-ahead log of RocksDB, read without RocksDB, which changes logs when it recovers them,
 * drops up to 32 KiB around a flipped bit, takes a damaged length for a torn end, and does not come
 * back from a damaged type.
 *
 * <p>A log is a sequence of blocks of 32 KiB, a block of fragments that don't cross its end, a
 * fragment 4 bytes masked CRC-32C, 2 bytes length, 1 byte type and so many bytes; numbers are
 * little endian. Fragments of the types first, middle and last, or one of the type full, make a
 * write batch: 8 bytes sequence, 4 bytes count, then operations. Behind a fragment whose checksum
 * is wrong the next one is looked for whose checksum is right. What the end of the file cuts off is
 * the trace of a crash and no damage.
 */
final class LogFile {

  private static final int BLOCK = 32 * 1024;
  private static final int HEADER = 7;
  private static final int NUMBERED_HEADER = 11;
  private static final int TYPE_AT = 6;
  private static final int MASK_DELTA = 0xa282ead8;
  private static final int MASK_SHIFT = 15;

  private static final int FULL = 1;
  private static final int FIRST = 2;
  private static final int LAST = 4;
  private static final int NUMBERED = 4;

  private static final int BATCH_HEADER = 12;
  private static final int DELETION = 0;
  private static final int VALUE = 1;
  private static final int LOG_DATA = 3;
  private static final int SINGLE_DELETION = 7;
  private static final int NOOP = 13;

  private final @Nullable Scanned scanned;
  private final ByteArrayOutputStream pending = new ByteArrayOutputStream();
  private boolean isPending;
  private boolean endsInZeros;
  private long damages;

  private LogFile(@Nullable Scanned scanned) {
    this.scanned = scanned;
  }

  /**
   * Reads a log.
   *
   * @param scanned receives what was put, in order
   * @return what is damaged, if anything is
   */
  static Optional<String> scan(Path file, Scanned scanned) throws IOException {
    return read(file, new LogFile(scanned));
  }

  /** What is damaged, if anything is; what its records hold is not looked at. */
  static Optional<String> flaw(Path file) throws IOException {
    return read(file, new LogFile(null));
  }

  private static Optional<String> read(Path file, LogFile log) throws IOException {
    // A writer may append meanwhile: what was there at first counts.
    long left = Files.size(file);
    try (InputStream in = Files.newInputStream(file)) {
      while (left > 0) {
        byte[] block = in.readNBytes((int) Math.min(BLOCK, left));
        left = block.length == 0 ? 0 : left - block.length;
        log.block(ByteBuffer.wrap(block).order(ByteOrder.LITTLE_ENDIAN), left == 0);
      }
    }
    return log.damages == 0
        ? Optional.empty()
        : Optional.of(log.damages + " of its records are damaged; what they held may be lost");
  }

  private void block(ByteBuffer block, boolean isLast) {
    int at = 0;
    while (at + HEADER <= block.limit()) {
      if (isZeroFrom(block, at)) {
        // Room that was set aside and never written, where nothing follows.
        endsInZeros = true;
        return;
      }
      if (endsInZeros) {
        endsInZeros = false;
        damage();
      }
      if (!isSound(block, at)) {
        // A header that was cut off is not looked at; a whole one has one of the types that we
        // write.
        boolean isTorn = isLast && type(block, at) <= LAST && end(block, at) > block.limit();
        at = nextSound(block, at);
        if (at < block.limit() || !isTorn) {
          damage();
        }
        continue;
      }
      int type = type(block, at);
      fragment(
          header(type) == HEADER ? type : type - NUMBERED,
          block,
          at + header(type),
          end(block, at));
      at = end(block, at);
    }
  }

  private static boolean isZeroFrom(ByteBuffer block, int at) {
    for (int i = at; i < block.limit(); i++) {
      if (block.get(i) != 0) {
        return false;
      }
    }
    return true;
  }

  /** Where a sound fragment begins behind one that is not; its length may be what is damaged. */
  private static int nextSound(ByteBuffer block, int damaged) {
    for (int at = damaged + 1; at + HEADER <= block.limit(); at++) {
      if (isSound(block, at)) {
        return at;
      }
    }
    return block.limit();
  }

  private static int type(ByteBuffer block, int at) {
    return Byte.toUnsignedInt(block.get(at + TYPE_AT));
  }

  private static int header(int type) {
    return FULL + NUMBERED <= type && type <= LAST + NUMBERED ? NUMBERED_HEADER : HEADER;
  }

  private static int end(ByteBuffer block, int at) {
    return at + header(type(block, at)) + Short.toUnsignedInt(block.getShort(at + Integer.BYTES));
  }

  private static boolean isSound(ByteBuffer block, int at) {
    int type = type(block, at);
    int end = end(block, at);
    return type != 0 && end <= block.limit() && matches(block, at, end);
  }

  private void damage() {
    damages++;
    isPending = false;
  }

  private static boolean matches(ByteBuffer block, int at, int end) {
    int masked = block.getInt(at) - MASK_DELTA;
    CRC32C crc = new CRC32C();
    crc.update(block.slice(at + TYPE_AT, end - at - TYPE_AT));
    return Integer.rotateLeft(masked, MASK_SHIFT) == (int) crc.getValue();
  }

  private void fragment(int type, ByteBuffer block, int from, int end) {
    if (type == FULL || type == FIRST) {
      if (isPending) {
        damages++;
      }
      pending.reset();
      isPending = true;
    }
    if (!isPending || type < FULL || type > LAST) {
      // The rest of a batch whose beginning is damaged, or something beside the batches.
      return;
    }
    byte[] part = new byte[end - from];
    block.get(from, part);
    pending.writeBytes(part);
    if (type == FULL || type == LAST) {
      isPending = false;
      batch(ByteBuffer.wrap(pending.toByteArray()));
    }
  }

  private void batch(ByteBuffer batch) {
    if (scanned == null) {
      return;
    }
    try {
      batch.position(BATCH_HEADER);
      while (batch.hasRemaining()) {
        operation(batch, scanned);
      }
    } catch (BufferUnderflowException | IllegalArgumentException e) {
      damages++;
    }
  }

  private static void operation(ByteBuffer batch, Scanned scanned) {
    int tag = Byte.toUnsignedInt(batch.get());
    switch (tag) {
      case VALUE -> scanned.put(bytes(batch), bytes(batch));
      case DELETION, SINGLE_DELETION, LOG_DATA -> bytes(batch);
      case NOOP -> {
        return;
      }
      default -> throw new IllegalArgumentException("operation " + tag);
    }
  }

  private static byte[] bytes(ByteBuffer batch) {
    int length = 0;
    int shift = 0;
    int part;
    do {
      part = Byte.toUnsignedInt(batch.get());
      length |= (part & 0x7f) << shift;
      shift += 7;
    } while (part >= 0x80 && shift < Integer.SIZE);
    if (length < 0 || length > batch.remaining()) {
      throw new BufferUnderflowException();
    }
    byte[] bytes = new byte[length];
    batch.get(bytes);
    return bytes;
  }
}
