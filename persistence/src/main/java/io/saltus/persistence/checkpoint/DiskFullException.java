package io.saltus.persistence.checkpoint;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** A file was not written because its file system, or its user's share of it, is full. */
public final class DiskFullException extends IOException {

  private static final long serialVersionUID = 1L;

  private static final long LEAST_FREE_BYTES = 1 << 16;

  private DiskFullException(Path directory, IOException cause) {
    super("no space left on the disk: %s. Free some and go on.".formatted(directory), cause);
  }

  /**
   * The failure as one of this class where that is what it is. The system's words depend on the
   * user's language, so the free space is asked as well.
   *
   * @param directory where the file was being written; what was written must still be there
   */
  static IOException recognise(IOException failure, Path directory) {
    String says = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
    boolean full =
        says.contains("no space left") || says.contains("quota exceeded") || isFull(directory);
    return full ? new DiskFullException(directory, failure) : failure;
  }

  private static boolean isFull(Path directory) {
    try {
      return Files.getFileStore(directory).getUsableSpace() < LEAST_FREE_BYTES;
    } catch (IOException e) {
      return false;
    }
  }
}
