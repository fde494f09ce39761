package io.saltus.persistence.home;

import io.saltus.persistence.home.HomeException.Reason;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The right to write a home, held by one process.
 *
 * <p>The lock is the operating system's, on the file {@code lock}: it ends with the process however
 * that ends. Who holds it stands in a second file, {@code holder}, because a process that closes
 * any descriptor of a locked file loses its lock.
 */
public final class HomeLock implements AutoCloseable {

  private final Home home;
  private final FileChannel channel;
  private final FileLock lock;

  private HomeLock(Home home, FileChannel channel, FileLock lock) {
    this.home = home;
    this.channel = channel;
    this.lock = lock;
  }

  /** Returns the home that is held. */
  public Home home() {
    return home;
  }

  static HomeLock take(Home home, String command, Optional<String> version) throws IOException {
    Optional<Holder> last = holder(home);
    if (last.isPresent() && last.get().isThisProcess()) {
      // Not even tried: closing the second descriptor would end the first lock.
      throw held(home, last.get());
    }
    FileChannel channel =
        FileChannel.open(home.lock(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      @Nullable FileLock lock = channel.tryLock();
      if (lock == null) {
        throw held(home, holder(home).orElse(null));
      }
      write(home, Holder.thisProcess(command, version));
      return new HomeLock(home, channel, lock);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  /**
   * Returns who holds a home now. Asking takes nothing and changes nothing.
   *
   * @param home the home
   * @return the process, as long as it runs
   */
  public static Optional<Holder> currentHolder(Home home) {
    return holder(home).filter(Holder::isRunning);
  }

  private static Optional<Holder> holder(Home home) {
    try {
      return Files.exists(home.holder())
          ? Holder.parse(Files.readString(home.holder()))
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static void write(Home home, Holder holder) throws IOException {
    Path temporary = home.root().resolve("holder.tmp");
    Files.writeString(temporary, holder.format());
    Files.move(temporary, home.holder(), StandardCopyOption.ATOMIC_MOVE);
  }

  private static HomeException held(Home home, @Nullable Holder holder) {
    String who =
        holder == null
            ? "another process"
            : "process %d, started %s: %s"
                .formatted(holder.pid(), started(holder.started()), holder.command());
    return new HomeException(
        Reason.HELD,
        "the home is in use: %s, by %s. Wait until it ends, or choose another with --home."
            .formatted(home.root(), who));
  }

  private static String started(Instant time) {
    return time.equals(Instant.EPOCH) ? "at an unknown time" : time.toString();
  }

  @Override
  public void close() {
    try {
      if (lock.isValid()) {
        Files.deleteIfExists(home.holder());
        lock.release();
      }
      channel.close();
    } catch (IOException e) {
      throw new HomeException(
          Reason.FAILED,
          "cannot give the home back: %s (%s). The next process takes it all the same."
              .formatted(home.root(), e.getMessage()),
          e);
    }
  }
}
