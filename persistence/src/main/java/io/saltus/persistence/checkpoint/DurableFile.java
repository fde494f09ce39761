package io.saltus.persistence.checkpoint;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Writes new files whose bytes are on the disk before anybody is told of them. */
final class DurableFile {

  /** What a new file shall hold. */
  interface Content {
    void writeTo(OutputStream out) throws IOException;
  }

  private DurableFile() {}

  /**
   * Writes a file and syncs it; where that fails, nothing stays.
   *
   * @throws java.nio.file.FileAlreadyExistsException when something has that name
   * @throws DiskFullException when there is no space
   */
  static void write(Path file, Content content) throws IOException {
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    boolean done = false;
    try (channel) {
      content.writeTo(Channels.newOutputStream(channel));
      channel.force(true);
      done = true;
    } catch (IOException e) {
      throw DiskFullException.recognise(e, file.resolveSibling(""));
    } finally {
      if (!done) {
        discard(file);
      }
    }
  }

  /** Deletes a file that is of no use; where that fails too, its name still says what it is. */
  static void discard(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      // What made it useless is what the caller hears of.
    }
  }
}
