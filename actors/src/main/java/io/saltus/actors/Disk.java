package io.saltus.actors;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The disk that a home lies on. Asking it may take a while, so no actor on the default dispatcher
 * does.
 */
public interface Disk {

  /**
   * How much of it this process may still write, in bytes.
   *
   * @throws IOException when that cannot be seen
   */
  long freeBytes() throws IOException;

  /**
   * How large it is, in bytes.
   *
   * @throws IOException when that cannot be seen
   */
  long totalBytes() throws IOException;

  /** The one under a path that is there. */
  static Disk of(Path path) {
    return new Disk() {
      @Override
      public long freeBytes() throws IOException {
        return store().getUsableSpace();
      }

      @Override
      public long totalBytes() throws IOException {
        return store().getTotalSpace();
      }

      private FileStore store() throws IOException {
        return Files.getFileStore(path);
      }
    };
  }

  /** One that never fills up. */
  static Disk endless() {
    return new Disk() {
      @Override
      public long freeBytes() {
        return Long.MAX_VALUE;
      }

      @Override
      public long totalBytes() {
        return Long.MAX_VALUE;
      }
    };
  }
}
