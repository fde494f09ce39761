package io.saltus.persistence.worker;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/**
 * Writes frames: magic, length of the payload, CRC-32C of the payload, payload; all numbers 32
 * bits, little-endian. Safe for use by several threads: frames never mix.
 */
public final class FrameWriter {

  /** {@code SLTW} as it lies in the stream. */
  static final int MAGIC = 0x57544C53;

  static final int HEADER_BYTES = 12;

  /** The size of a payload at most. */
  public static final int MAX_BYTES = 256 << 20;

  private final OutputStream out;

  /** Writes to a stream, whose buffer it flushes after each frame. */
  public FrameWriter(OutputStream out) {
    this.out = out;
  }

  /**
   * Writes one frame.
   *
   * @throws IOException when nobody reads any more
   * @throws WireException when the payload is too large; nothing was written
   */
  public synchronized void write(byte[] payload) throws IOException {
    if (payload.length > MAX_BYTES) {
      throw new WireException(
          "a message of " + payload.length + " bytes; at most " + MAX_BYTES + " fit into a frame");
    }
    CRC32C checksum = new CRC32C();
    checksum.update(payload);
    out.write(
        ByteBuffer.allocate(HEADER_BYTES)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putInt(MAGIC)
            .putInt(payload.length)
            .putInt((int) checksum.getValue())
            .array());
    out.write(payload);
    out.flush();
  }
}
