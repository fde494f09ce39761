package io.saltus.persistence.checkpoint;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Reads in small pieces whatever is asked for: the platform would make room outside the heap for as
 * much as it is asked for at once, and keep it.
 */
final class PieceInput extends FilterInputStream {

  PieceInput(InputStream in) {
    super(in);
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    return in.read(bytes, offset, Math.min(length, SafeTensors.PIECE_BYTES));
  }
}
