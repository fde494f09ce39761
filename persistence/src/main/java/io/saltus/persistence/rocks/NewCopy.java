package io.saltus.persistence.rocks;

import io.saltus.persistence.home.HomeException;
import io.saltus.persistence.home.HomeException.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** A copy of a home that appears under its name only when it is whole. */
final class NewCopy {

  private NewCopy() {}

  /** Fills a directory. */
  @FunctionalInterface
  interface Filling<T> {
    T fill(Path directory) throws IOException;
  }

  /**
   * Makes a copy.
   *
   * @param to where it goes; must not exist
   * @param filling fills the directory that becomes it
   * @throws HomeException when the target exists or cannot be written
   */
  static <T> T make(Path to, Filling<T> filling) {
    Path target = to.toAbsolutePath().normalize();
    if (Files.exists(target)) {
      throw new HomeException(
          Reason.FOREIGN, "the target exists: %s. Choose a new name.".formatted(target));
    }
    Path partial =
        target.resolveSibling(
            "%s.partial-%d".formatted(target.getFileName(), ProcessHandle.current().pid()));
    try {
      T made = filling.fill(partial);
      Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE);
      return made;
    } catch (IOException e) {
      throw new HomeException(
          Reason.FAILED,
          "the copy cannot be written: %s (%s). Check the disk and the directory's permissions."
              .formatted(target, e.getMessage()),
          e);
    } finally {
      Trees.delete(partial);
    }
  }
}
