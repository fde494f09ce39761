package io.saltus.persistence.tensorboard;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Writes records as TensorFlow does: uint64 length, masked CRC-32C of these 8 bytes, the bytes,
 * masked CRC-32C of them; all little-endian.
 */
final class EventRecords implements Closeable {

  static final int HEADER = Long.BYTES + Integer.BYTES;
  static final int FOOTER = Integer.BYTES;

  private final OutputStream out;
  private final MaskedCrc crc = new MaskedCrc();
  private final byte[] edge = new byte[HEADER];
  private final ByteBuffer edges = ByteBuffer.wrap(edge).order(ByteOrder.LITTLE_ENDIAN);

  /**
   * @param out buffered; closed by this
   */
  EventRecords(OutputStream out) {
    this.out = out;
  }

  void write(byte[] record, int length) throws IOException {
    edges.putLong(0, length).putInt(Long.BYTES, crc.of(lengthBytes(length), 0, Long.BYTES));
    out.write(edge, 0, HEADER);
    out.write(record, 0, length);
    edges.putInt(0, crc.of(record, 0, length));
    out.write(edge, 0, FOOTER);
  }

  private byte[] lengthBytes(int length) {
    edges.putLong(0, length);
    return edge;
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
