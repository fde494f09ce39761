package io.saltus.persistence.worker;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import java.util.zip.CRC32C;

/** Reads what {@link FrameWriter} writes, and trusts nothing. Used by one thread at a time. */
public final class FrameReader {

  private final InputStream in;

  /** Reads from a stream. */
  public FrameReader(InputStream in) {
    this.in = in;
  }

  /**
   * Waits for the next frame.
   *
   * @return its payload; empty when the stream ended between two frames
   * @throws WireException when the magic is wrong, the length too large, the checksum wrong, or the
   *     stream ends within a frame
   * @throws IOException when the stream cannot be read
   */
  public Optional<byte[]> read() throws IOException {
    byte[] head = in.readNBytes(FrameWriter.HEADER_BYTES);
    if (head.length == 0) {
      return Optional.empty();
    }
    if (head.length < FrameWriter.HEADER_BYTES) {
      throw new WireException(
          "the stream ends in a frame's head, after "
              + head.length
              + " of "
              + FrameWriter.HEADER_BYTES
              + " bytes");
    }
    ByteBuffer header = ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN);
    int magic = header.getInt();
    if (magic != FrameWriter.MAGIC) {
      throw new WireException(
          "a frame begins with " + Integer.toHexString(magic) + ": something else was written");
    }
    int length = header.getInt();
    if (length < 0 || length > FrameWriter.MAX_BYTES) {
      throw new WireException(
          "a frame claims "
              + Integer.toUnsignedString(length)
              + " bytes; at most "
              + FrameWriter.MAX_BYTES);
    }
    int expected = header.getInt();
    byte[] payload = in.readNBytes(length); // grows with what arrives, not with what is claimed
    if (payload.length < length) {
      throw new WireException(
          "the stream ends in a frame, after " + payload.length + " of " + length + " bytes");
    }
    CRC32C checksum = new CRC32C();
    checksum.update(payload);
    if ((int) checksum.getValue() != expected) {
      throw new WireException("the checksum of a frame of " + length + " bytes is wrong");
    }
    return Optional.of(payload);
  }
}
