package io.saltus.persistence.checkpoint;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What stands before the tensors of a file, checked against the file's length: after that the
 * tensors follow one another without holes and overlaps, from the end of the header to the end of
 * the file.
 *
 * @param tensors in the order of their bytes
 * @param canonical whether Saltus would have written it, byte for byte
 */
record SafeTensorsHeader(List<TensorEntry> tensors, boolean canonical) {

  /** What the published reader refuses beyond. */
  static final int MOST_BYTES = 100_000_000;

  static final int LENGTH_BYTES = 8;

  SafeTensorsHeader {
    tensors = List.copyOf(tensors);
  }

  /**
   * Reads a header, and nothing after it.
   *
   * @param fileBytes the length of all of the stream
   * @throws SafeTensorsException when it is not one, or the length is not what it says
   */
  static SafeTensorsHeader read(InputStream in, long fileBytes) throws IOException {
    if (fileBytes < LENGTH_BYTES) {
      throw new SafeTensorsException(
          "the file has %d bytes; the length of the header alone takes %d"
              .formatted(fileBytes, LENGTH_BYTES));
    }
    long length =
        ByteBuffer.wrap(exactly(in, LENGTH_BYTES)).order(ByteOrder.LITTLE_ENDIAN).getLong();
    if (length < 0 || length > fileBytes - LENGTH_BYTES) {
      throw new SafeTensorsException(
          "the header has %s bytes by its length at byte 0, and the file only %d after it"
              .formatted(Long.toUnsignedString(length), fileBytes - LENGTH_BYTES));
    }
    if (length > MOST_BYTES) {
      throw new SafeTensorsException(
          "the header has %d bytes; %d are allowed".formatted(length, MOST_BYTES));
    }
    byte[] json = exactly(in, (int) length);
    List<TensorEntry> tensors =
        gapless(HeaderParser.parse(json), fileBytes - LENGTH_BYTES - length);
    return new SafeTensorsHeader(tensors, SafeTensorsWriting.isCanonical(tensors, json));
  }

  /** Otherwise two files, with two digests, could hold one state. */
  SafeTensorsHeader requireCanonical() {
    if (!canonical) {
      throw new SafeTensorsException(
          "the header is not as Saltus writes it: the order, the spaces, the escapes or metadata");
    }
    return this;
  }

  private static byte[] exactly(InputStream in, int count) throws IOException {
    byte[] bytes = in.readNBytes(count);
    if (bytes.length < count) {
      throw new SafeTensorsException("the file ended while its header was read");
    }
    return bytes;
  }

  private static List<TensorEntry> gapless(List<TensorEntry> tensors, long dataBytes) {
    List<TensorEntry> ordered = new ArrayList<>(tensors);
    ordered.sort(Comparator.comparingLong(TensorEntry::begin).thenComparingLong(TensorEntry::end));
    long end = 0;
    for (TensorEntry tensor : ordered) {
      if (tensor.begin() != end) {
        throw new SafeTensorsException(
            "tensor '%s' begins at byte %d of the data, where %d is due: %s"
                .formatted(
                    tensor.label(),
                    tensor.begin(),
                    end,
                    tensor.begin() < end ? "it overlaps another" : "nothing fills the hole"));
      }
      end = tensor.end();
    }
    if (end != dataBytes) {
      throw new SafeTensorsException(
          "the tensors end at byte %d of the data, and the file at byte %d"
              .formatted(end, dataBytes));
    }
    return ordered;
  }
}
