package io.saltus.persistence.series;

import io.saltus.experiment.RunId;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.UUID;

/**
 * The index of one run as a file: a heading, then segments, one behind the other. One thread of one
 * process writes; any number read meanwhile. It is not synchronised: what a power failure leaves of
 * it is either sound or noticed.
 */
final class SeriesFile {

  /** The last character is the version: a reader passes over another one. */
  private static final byte[] MAGIC = {'s', 'a', 'l', 't', 'u', 's', 's', '1'};

  private static final String ENDING = ".series";

  private final Path directory;
  private final Path path;
  private final byte[] heading;

  private SeriesFile(Path directory, RunId run, byte[] heading) {
    this.directory = directory;
    this.path = path(directory, run);
    this.heading = heading;
  }

  /** The file of a run of a journal, which need not exist. */
  static SeriesFile of(Path directory, RunId run, UUID journal) {
    return new SeriesFile(directory, run, heading(run, journal));
  }

  static Path path(Path directory, RunId run) {
    return directory.resolve(run + ENDING);
  }

  /** The run that a file is of; empty for what is none of these files. */
  static Optional<RunId> run(Path file) {
    return Optional.of(String.valueOf(file.getFileName()))
        .filter(name -> name.endsWith(ENDING))
        .map(name -> name.substring(0, name.length() - ENDING.length()))
        .filter(RunId::isValid)
        .map(RunId::new);
  }

  private static byte[] heading(RunId run, UUID journal) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.write(MAGIC);
      out.writeLong(journal.getMostSignificantBits());
      out.writeLong(journal.getLeastSignificantBits());
      out.writeUTF(run.value());
    } catch (IOException e) {
      throw new IllegalStateException("there is no room in memory", e);
    }
    return bytes.toByteArray();
  }

  /**
   * Opens it for reading, closed by the caller.
   *
   * @throws IOException when there is none, or it cannot be read, or belongs to something else
   */
  OpenSeries open() throws IOException {
    return OpenSeries.read(FileChannel.open(path, StandardOpenOption.READ), heading);
  }

  /**
   * Keeps what stands before a place and begins to write there.
   *
   * @param end where the last segment to be kept ends; 0: none, the file begins afresh
   * @param cut whether segments behind that may be read by others at this moment
   */
  SeriesAppender append(long end, boolean cut) throws IOException {
    Files.createDirectories(directory);
    if (end < heading.length) {
      replace(out -> out.write(ByteBuffer.wrap(heading)));
      return SeriesAppender.at(path, heading.length);
    }
    if (cut) {
      try (FileChannel old = FileChannel.open(path, StandardOpenOption.READ)) {
        replace(out -> copy(old, end, out));
      }
    }
    return SeriesAppender.at(path, end);
  }

  private static void copy(FileChannel from, long end, FileChannel to) throws IOException {
    for (long at = 0; at < end; ) {
      long copied = from.transferTo(at, end - at, to);
      if (copied <= 0) {
        throw new DamagedSeriesException("it is cut off");
      }
      at += copied;
    }
  }

  /** What a new file begins with. */
  private interface Content {
    void write(FileChannel out) throws IOException;
  }

  private void replace(Content content) throws IOException {
    Path temporary = path.resolveSibling(path.getFileName() + ".tmp");
    try {
      try (FileChannel out =
          FileChannel.open(
              temporary,
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.WRITE)) {
        content.write(out);
      }
      Files.move(temporary, path, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      Files.deleteIfExists(temporary);
      throw e;
    }
  }
}
