package io.saltus.persistence.index;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * An index as a file: a magic, what {@link IndexWriter} writes, and a CRC-32C of all that. It is
 * replaced whole by a rename and not synchronised: what a power failure leaves of it is either
 * whole or noticed.
 */
public final class RunIndexFile {

  /** The last character is the version: a reader passes over another one. */
  static final byte[] MAGIC = {'s', 'a', 'l', 't', 'u', 's', 'i', '1'};

  private static final int CHECKSUM_BYTES = Integer.BYTES;

  private final Path path;

  private RunIndexFile(Path path) {
    this.path = path;
  }

  /** The file at a path, which need not exist. */
  public static RunIndexFile at(Path path) {
    return new RunIndexFile(path);
  }

  /** Reads it; empty where there is none, or it is not whole, or another version wrote it. */
  public Optional<RunIndex> read() {
    byte[] bytes;
    try {
      bytes = Files.readAllBytes(path);
    } catch (IOException missingOrUnreadable) {
      // The journal says the same.
      return Optional.empty();
    }
    int end = bytes.length - CHECKSUM_BYTES;
    if (end < MAGIC.length || ByteBuffer.wrap(bytes).getInt(end) != checksum(bytes, end)) {
      return Optional.empty();
    }
    ByteBuffer in = ByteBuffer.wrap(bytes, 0, end);
    for (byte each : MAGIC) {
      if (in.get() != each) {
        return Optional.empty();
      }
    }
    try {
      return Optional.of(new IndexReader(in).read());
    } catch (BufferUnderflowException | IllegalArgumentException | IndexOutOfBoundsException e) {
      // Sealed by somebody, but not by this version.
      return Optional.empty();
    }
  }

  /**
   * Replaces it.
   *
   * @throws IOException when there is no room, say; then the old one is there, or none
   */
  public void write(RunIndex index) throws IOException {
    byte[] content = new IndexWriter().write(index);
    ByteBuffer sealed = ByteBuffer.allocate(content.length + CHECKSUM_BYTES);
    sealed.put(content).putInt(checksum(content, content.length));
    Path temporary = path.resolveSibling(path.getFileName() + ".tmp");
    try {
      Files.write(temporary, sealed.array());
      Files.move(temporary, path, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      Files.deleteIfExists(temporary);
      throw e;
    }
  }

  /** Throws it away, which loses nothing but time. */
  public void delete() throws IOException {
    Files.deleteIfExists(path);
  }

  private static int checksum(byte[] bytes, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, length);
    return (int) crc.getValue();
  }
}
