package io.saltus.actors.worker;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** The last 64 kB of what a worker wrote to standard error. Written by one thread, read by any. */
final class ErrorTail {

  static final int MAX_BYTES = 64 << 10;

  private final byte[] ring = new byte[MAX_BYTES];
  private long written;

  /** Reads a stream to its end. */
  void drain(InputStream in) throws IOException {
    byte[] piece = new byte[8 << 10];
    for (int read = in.read(piece); read >= 0; read = in.read(piece)) {
      add(piece, read);
    }
  }

  /** What is there, from the oldest byte on; bytes that are no UTF-8 are replaced. */
  synchronized String text() {
    int size = (int) Math.min(written, MAX_BYTES);
    byte[] bytes = new byte[size];
    for (int i = 0; i < size; i++) {
      bytes[i] = ring[(int) ((written - size + i) % MAX_BYTES)];
    }
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private synchronized void add(byte[] piece, int length) {
    for (int i = 0; i < length; i++) {
      ring[(int) (written++ % MAX_BYTES)] = piece[i];
    }
  }
}
