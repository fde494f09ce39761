package io.saltus.app.server.guard;

import io.saltus.persistence.home.Home;
import io.saltus.persistence.home.HomeException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * The token of one server on this machine: it lies in the home, where its owner alone can read it,
 * as long as the server lives.
 */
public final class OwnToken implements AutoCloseable {

  private final Path file;
  private final String secret;

  private OwnToken(Path file, String secret) {
    this.file = file;
    this.secret = secret;
  }

  /**
   * Makes one.
   *
   * @param home held by this process, which has made its directory of control
   * @throws HomeException when it cannot be written
   */
  public static OwnToken make(Home home, RandomGenerator random) {
    Path file = home.control().resolve("token");
    String secret = Token.newSecret(random);
    try {
      // Another server of this home that was killed may have left its own.
      Files.deleteIfExists(file);
      try (FileChannel channel =
          FileChannel.open(
              file,
              Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
        ByteBuffer bytes = ByteBuffer.wrap((secret + "\n").getBytes(StandardCharsets.US_ASCII));
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
      }
      return new OwnToken(file, secret);
    } catch (IOException e) {
      throw failed(file, e);
    }
  }

  /** Its text. */
  public String secret() {
    return secret;
  }

  /** What the guard knows of it. */
  public Token token() {
    return Token.of(Access.FULL, secret, "of this server");
  }

  private static HomeException failed(Path file, IOException e) {
    return new HomeException(
        HomeException.Reason.FAILED,
        "the token cannot be written: %s (%s). Check the directory's owner and permissions."
            .formatted(file, e.getMessage()),
        e);
  }

  @Override
  public void close() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw failed(file, e);
    }
  }
}
