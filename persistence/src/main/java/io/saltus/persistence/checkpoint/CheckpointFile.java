package io.saltus.persistence.checkpoint;

import io.saltus.experiment.Sha256;
import io.saltus.experiment.session.TensorValue;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A file that ought to hold the bytes of a digest. Each reading of it is checked against that. */
record CheckpointFile(Path path, Sha256 sha256) {

  private static final String MISSING = "its file is missing";

  /** What reads the file's layout. */
  private interface Layout<T> {
    T read(InputStream in, long fileBytes) throws IOException;
  }

  /**
   * Reads the tensors.
   *
   * @throws CheckpointException when the file is missing or bad
   */
  List<TensorValue> load() {
    return verified(SafeTensors::readCanonical);
  }

  /** Why it cannot be used; empty when it can. */
  Optional<String> flaw() {
    try {
      return verified(
          (in, fileBytes) -> {
            SafeTensors.checkCanonical(in, fileBytes);
            return Optional.empty();
          });
    } catch (CheckpointException e) {
      return Optional.of(e.flaw());
    }
  }

  /**
   * Copies the bytes.
   *
   * @throws CheckpointException when the file is missing or bad; then some have been copied
   * @throws IOException when {@code out} throws it
   */
  void copyTo(OutputStream out) throws IOException {
    try {
      verified(
          (in, fileBytes) -> {
            copy(in, out);
            return true;
          });
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /** What {@code out} throws comes out unchecked, or the file would be blamed for it. */
  private static void copy(InputStream in, OutputStream out) throws IOException {
    byte[] piece = new byte[SafeTensors.PIECE_BYTES];
    for (int length = in.read(piece); length >= 0; length = in.read(piece)) {
      try {
        out.write(piece, 0, length);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** As {@link #flaw()}, of a file that ought to have a certain size. */
  Optional<String> flaw(long bytes) {
    try {
      long found = Files.size(path);
      return found == bytes
          ? flaw()
          : Optional.of("its file has %d bytes instead of %d".formatted(found, bytes));
    } catch (NoSuchFileException e) {
      return Optional.of(MISSING);
    } catch (IOException e) {
      return Optional.of(unreadable(e));
    }
  }

  /** The digest is taken of the very bytes that are read: nobody can change them in between. */
  private <T> T verified(Layout<T> layout) {
    MessageDigest digest = Sha256.digest();
    @Nullable T value = null;
    @Nullable SafeTensorsException malformed = null;
    try {
      if (Files.isDirectory(path)) {
        throw flawed("a directory has the name of its file", null);
      }
      try (InputStream in =
          new DigestInputStream(new PieceInput(Files.newInputStream(path)), digest)) {
        try {
          value = layout.read(in, Files.size(path));
        } catch (SafeTensorsException e) {
          malformed = e;
        }
        in.transferTo(OutputStream.nullOutputStream());
      }
    } catch (NoSuchFileException e) {
      throw flawed(MISSING, e);
    } catch (IOException e) {
      throw flawed(unreadable(e), e);
    }
    Sha256 found = Sha256.from(digest);
    if (!found.equals(sha256)) {
      throw flawed("its file has the digest " + found, malformed);
    }
    if (value == null) {
      throw flawed("its file is not what Saltus reads: " + message(malformed), malformed);
    }
    return value;
  }

  private static String message(@Nullable SafeTensorsException malformed) {
    return malformed == null ? "" : String.valueOf(malformed.getMessage());
  }

  private static String unreadable(IOException e) {
    return "its file cannot be read (%s)".formatted(e);
  }

  private CheckpointException flawed(String flaw, @Nullable Throwable cause) {
    return new CheckpointException(sha256, flaw, cause);
  }
}
