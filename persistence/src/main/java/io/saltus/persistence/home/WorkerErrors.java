package io.saltus.persistence.home;

import io.saltus.experiment.RunId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The files {@code logs/RUN.PID.stderr} of a home: what workers that ended otherwise than they were
 * asked to had written last to standard error. For people; nothing that is computed or journalled
 * depends on them. They belong to their run and go with it.
 */
public final class WorkerErrors {

  /** The longest file. */
  public static final int MAX_BYTES = 64 * 1024;

  /** So many of a run are kept: those of the latest workers. */
  static final int MOST = 8;

  private static final Pattern NAME = Pattern.compile("(.+)\\.[0-9]+\\.stderr");

  private final Path directory;

  private WorkerErrors(Path directory) {
    this.directory = directory;
  }

  /** Those of a home. */
  public static WorkerErrors of(Home home) {
    return new WorkerErrors(home.root().resolve("logs"));
  }

  /**
   * Writes what a worker said last, and gives up the oldest beyond those that are kept. Links are
   * not followed.
   *
   * @param said the end of its standard error; of more than {@link #MAX_BYTES} bytes the last
   * @return the file's name below the home; empty where it had said nothing or it cannot be
   *     written, which harms nobody
   */
  public Optional<String> keep(RunId run, long pid, String said) {
    byte[] bytes = said.getBytes(StandardCharsets.UTF_8);
    if (bytes.length == 0) {
      return Optional.empty();
    }
    Path file = directory.resolve(run + "." + pid + ".stderr");
    try {
      Files.createDirectories(directory);
      if (!isHere()) {
        return Optional.empty();
      }
      // A worker of another process may have had the same id, and a link is no file of ours.
      Files.deleteIfExists(file);
      int length = Math.min(bytes.length, MAX_BYTES);
      try (SeekableByteChannel channel =
          Files.newByteChannel(
              file,
              Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
        ByteBuffer end = ByteBuffer.wrap(bytes, bytes.length - length, length);
        while (end.hasRemaining()) {
          channel.write(end);
        }
      }
      giveUpOldest(run);
      return Optional.of(directory.getFileName() + "/" + file.getFileName());
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /**
   * Removes those of a run.
   *
   * @throws IOException when one of them cannot be removed
   */
  public void delete(RunId run) throws IOException {
    for (Path file : of(run)) {
      Files.deleteIfExists(file);
    }
  }

  private void giveUpOldest(RunId run) throws IOException {
    List<Path> files =
        of(run).stream().sorted(Comparator.comparing(WorkerErrors::written).reversed()).toList();
    for (Path old : files.subList(Math.min(MOST, files.size()), files.size())) {
      Files.deleteIfExists(old);
    }
  }

  private List<Path> of(RunId run) throws IOException {
    if (!isHere()) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(file -> isOf(run, String.valueOf(file.getFileName()))).toList();
    }
  }

  private static boolean isOf(RunId run, String name) {
    Matcher parts = NAME.matcher(name);
    return parts.matches() && parts.group(1).equals(run.value());
  }

  private boolean isHere() {
    return Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS);
  }

  private static FileTime written(Path file) {
    try {
      return Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS);
    } catch (IOException gone) {
      return FileTime.fromMillis(0);
    }
  }
}
