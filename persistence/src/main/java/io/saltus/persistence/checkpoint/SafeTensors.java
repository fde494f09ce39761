package io.saltus.persistence.checkpoint;

import io.saltus.experiment.session.TensorValue;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The layout of safetensors: the length of the header, the header, the tensors. */
final class SafeTensors {

  /** Pieces are small, because the platform copies each into memory outside the heap. */
  static final int PIECE_BYTES = 1 << 18;

  private SafeTensors() {}

  /**
   * Reads all tensors, bit for bit.
   *
   * @param fileBytes the length of all of the stream
   * @return in the byte order of their names
   * @throws SafeTensorsException when the stream is no such file
   */
  static List<TensorValue> read(InputStream in, long fileBytes) throws IOException {
    InputStream pieces = new PieceInput(in);
    return tensors(SafeTensorsHeader.read(pieces, fileBytes), pieces);
  }

  /**
   * Reads all tensors of a file of ours.
   *
   * @throws SafeTensorsException when {@link #write} would have given other bytes
   */
  static List<TensorValue> readCanonical(InputStream in, long fileBytes) throws IOException {
    InputStream pieces = new PieceInput(in);
    return tensors(SafeTensorsHeader.read(pieces, fileBytes).requireCanonical(), pieces);
  }

  private static List<TensorValue> tensors(SafeTensorsHeader header, InputStream in)
      throws IOException {
    List<TensorValue> tensors = new ArrayList<>(header.tensors().size());
    for (TensorEntry entry : header.tensors()) {
      tensors.add(read(entry, in));
    }
    refuseMore(in);
    tensors.sort(Comparator.comparing(TensorValue::name, SafeTensorsWriting.BYTE_ORDER));
    return List.copyOf(tensors);
  }

  private static TensorValue read(TensorEntry entry, InputStream in) throws IOException {
    try {
      return TensorValue.read(entry.name(), entry.dtype(), entry.shape(), entry.size(), in);
    } catch (EOFException e) {
      throw new SafeTensorsException(
          "the file ended while tensor '%s' was read".formatted(entry.label()), e);
    }
  }

  /**
   * Reads to the end and keeps nothing.
   *
   * @throws SafeTensorsException when {@link #readCanonical} would
   */
  static void checkCanonical(InputStream in, long fileBytes) throws IOException {
    for (TensorEntry entry : SafeTensorsHeader.read(in, fileBytes).requireCanonical().tensors()) {
      skip(entry, in);
    }
    refuseMore(in);
  }

  private static void skip(TensorEntry entry, InputStream in) throws IOException {
    byte[] piece = new byte[PIECE_BYTES];
    long left = entry.size();
    while (left > 0) {
      int read = in.read(piece, 0, (int) Math.min(left, piece.length));
      if (read < 0) {
        throw new SafeTensorsException(
            "the file ended while tensor '%s' was read".formatted(entry.label()));
      }
      left -= read;
    }
  }

  private static void refuseMore(InputStream in) throws IOException {
    if (in.read() >= 0) {
      throw new SafeTensorsException("the file grew while it was read");
    }
  }

  /**
   * Writes tensors in the canonical layout: the same tensors in any order give the same bytes.
   *
   * @throws IllegalArgumentException when two have the same name, or a name cannot be written
   */
  static void write(List<TensorValue> tensors, OutputStream out) throws IOException {
    SafeTensorsWriting.of(tensors).writeTo(out);
  }
}
