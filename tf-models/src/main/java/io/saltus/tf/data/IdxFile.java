package io.saltus.tf.data;

import io.saltus.experiment.session.SessionException;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * A file of unsigned bytes in the IDX format of the MNIST database: a magic number whose third byte
 * is the element type and whose fourth is the number of dimensions, one big-endian 32-bit size per
 * dimension, then the elements, row-major. Read strictly: nothing may be missing or left over.
 *
 * @param dimensions sizes, the number of items first
 * @param bytes the elements
 */
public record IdxFile(int[] dimensions, byte[] bytes) {

  private static final int UNSIGNED_BYTE = 0x08;
  private static final int GZIP_MAGIC = 0x1f8b;

  /**
   * Reads a file, compressed with gzip or not.
   *
   * @param rank the number of dimensions it must have
   * @throws SessionException when it cannot be read or is not such a file; the message names the
   *     file, what was found and what was expected
   */
  public static IdxFile read(Path file, int rank) {
    try (DataInputStream in = open(file)) {
      return read(file, rank, in);
    } catch (EOFException truncated) {
      throw new SessionException(name(file) + " is cut off. Get the file again.", truncated);
    } catch (ZipException damaged) {
      throw new SessionException(
          name(file) + " is damaged: " + damaged.getMessage() + ". Get the file again.", damaged);
    } catch (IOException failed) {
      throw new SessionException(name(file) + " cannot be read: " + failed.getMessage(), failed);
    }
  }

  /** How many items it holds: the first dimension. */
  public int items() {
    return dimensions[0];
  }

  private static IdxFile read(Path file, int rank, DataInputStream in) throws IOException {
    int magic = in.readInt();
    int expected = UNSIGNED_BYTE << 8 | rank;
    if (magic != expected) {
      throw new SessionException(
          String.format(
              "%s begins with 0x%08x, not with 0x%08x (IDX, unsigned bytes, %d dimension%s)."
                  + " Give the right file.",
              name(file), magic, expected, rank, rank == 1 ? "" : "s"));
    }
    int[] dimensions = new int[rank];
    long size = 1;
    for (int i = 0; i < rank; i++) {
      dimensions[i] = in.readInt();
      if (dimensions[i] < 1 || (size *= dimensions[i]) > Integer.MAX_VALUE - 8) {
        throw new SessionException(
            name(file)
                + " claims dimensions "
                + Arrays.toString(Arrays.copyOf(dimensions, i + 1))
                + ": each must be at least 1 and all together below 2^31. Get the file again.");
      }
    }
    byte[] bytes = in.readNBytes((int) size);
    if (bytes.length < size) {
      throw new SessionException(
          name(file)
              + " is cut off: "
              + bytes.length
              + " bytes of data, "
              + size
              + " expected for dimensions "
              + Arrays.toString(dimensions)
              + ". Get the file again.");
    }
    if (in.read() >= 0) {
      throw new SessionException(
          name(file)
              + " goes on after the "
              + size
              + " bytes of its dimensions "
              + Arrays.toString(dimensions)
              + ". Get the file again.");
    }
    return new IdxFile(dimensions, bytes);
  }

  private static DataInputStream open(Path file) throws IOException {
    InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
    try {
      in.mark(2);
      int first = in.read() << 8 | in.read();
      in.reset();
      return new DataInputStream(first == GZIP_MAGIC ? new GZIPInputStream(in, 1 << 16) : in);
    } catch (IOException | RuntimeException failed) {
      in.close();
      throw failed;
    }
  }

  private static String name(Path file) {
    return String.valueOf(file.getFileName());
  }
}
