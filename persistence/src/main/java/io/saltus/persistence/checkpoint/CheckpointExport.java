package io.saltus.persistence.checkpoint;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Copies a checkpoint out of the store. */
final class CheckpointExport {

  private CheckpointExport() {}

  static void copy(CheckpointFile from, Path target) throws IOException {
    Path parent = target.getParent();
    if (parent == null || Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
      throw exists(target);
    }
    Path temporary = write(from, parent, String.valueOf(target.getFileName()));
    try {
      publish(temporary, target);
    } finally {
      Files.deleteIfExists(temporary);
    }
    Directories.sync(parent);
  }

  private static Path write(CheckpointFile from, Path parent, String name) throws IOException {
    for (int number = 0; ; number++) {
      Path temporary = parent.resolve("." + name + "." + number + ".tmp");
      if (!Files.exists(temporary, LinkOption.NOFOLLOW_LINKS)) {
        DurableFile.write(temporary, from::copyTo);
        return temporary;
      }
    }
  }

  /**
   * A link refuses a name that is taken, which a rename would not; where there are no links,
   * looking first must do.
   */
  private static void publish(Path temporary, Path target) throws IOException {
    try {
      Files.createLink(target, temporary);
    } catch (FileAlreadyExistsException e) {
      throw exists(target);
    } catch (IOException | UnsupportedOperationException noLinks) {
      if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
        throw exists(target);
      }
      Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
    }
  }

  private static FileAlreadyExistsException exists(Path target) {
    return new FileAlreadyExistsException(
        target.toString(), null, "it is there already; choose another name");
  }
}
