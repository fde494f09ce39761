package io.saltus.persistence.home;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.SplittableRandom;

/**
 * Space that a home keeps back for the moment at which its disk is full: a file that is given up
 * then, so that the journal can still say why its runs rest. It is written and synced, so that its
 * blocks are there, and holds noise, so that no file system can store it in less. For the process
 * that holds the home.
 */
public final class Ballast {

  /**
   * How large it is: what RocksDB writes when it opens (a manifest, which has some 100 bytes for
   * each table file, its options and its own log, together well below 1 MiB), a log with the last
   * events, less than 1 KiB for each run, and as much again for other processes that write
   * meanwhile.
   */
  public static final int BYTES = 4 * 1024 * 1024;

  private static final int PIECE = 1024 * 1024;

  private final Home home;
  private final Path file;
  private final Path temporary;

  private Ballast(Home home) {
    this.home = home;
    this.file = home.root().resolve("ballast");
    this.temporary = home.root().resolve("ballast.tmp");
  }

  /** That of a home; nothing is made yet. */
  public static Ballast of(Home home) {
    return new Ballast(home);
  }

  /**
   * Makes it where it is not there whole, before a run begins or goes on.
   *
   * @throws HomeException when there is no room for it and as much again, or it cannot be written
   */
  public void require() {
    try {
      if (isWhole()) {
        return;
      }
      Files.deleteIfExists(temporary);
      if (Files.getFileStore(home.root()).getUsableSpace() < 2L * BYTES) {
        throw home.full(null);
      }
      fill();
      Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
      sync();
    } catch (IOException e) {
      discard();
      throw home.refused(e);
    }
  }

  /**
   * Gives the space back, durably when this returns.
   *
   * @throws IOException when the file cannot be deleted
   */
  public void drop() throws IOException {
    if (Files.deleteIfExists(file)) {
      sync();
    }
  }

  private boolean isWhole() throws IOException {
    return Files.isRegularFile(file) && Files.size(file) == BYTES;
  }

  private void fill() throws IOException {
    SplittableRandom noise = new SplittableRandom(1);
    byte[] piece = new byte[PIECE];
    try (FileChannel channel =
        FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      for (int written = 0; written < BYTES; written += PIECE) {
        noise.nextBytes(piece);
        ByteBuffer left = ByteBuffer.wrap(piece);
        while (left.hasRemaining()) {
          channel.write(left);
        }
      }
      channel.force(true);
    }
  }

  private void discard() {
    try {
      Files.deleteIfExists(temporary);
    } catch (IOException e) {
      // The next attempt deletes it first.
      return;
    }
  }

  private void sync() throws IOException {
    try (FileChannel directory = FileChannel.open(home.root())) {
      directory.force(true);
    }
  }
}
