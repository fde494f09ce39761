package io.saltus.persistence.control;

import io.saltus.persistence.home.Home;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * Where the socket of a home is. Its path may have about a hundred bytes only; in a home with a
 * longer one, {@code control/address} names a socket in a private temporary directory.
 */
final class SocketAddressFile {

  private static final int LONGEST_PATH = 100;
  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rwx------");

  private SocketAddressFile() {}

  /** Prepares a fresh address, in a directory that only the owner can enter. */
  static UnixDomainSocketAddress prepare(Home home) throws IOException {
    // The socket itself is made readable by all: the directory has to keep others out, first.
    Files.createDirectories(home.control(), PosixFilePermissions.asFileAttribute(OWNER_ONLY));
    Files.setPosixFilePermissions(home.control(), OWNER_ONLY);
    remove(home);
    Path socket = near(home);
    if (socket.toString().getBytes(StandardCharsets.UTF_8).length > LONGEST_PATH) {
      socket = Files.createTempDirectory("saltus-control-").resolve("socket");
      Files.writeString(file(home), socket.toString());
    }
    return UnixDomainSocketAddress.of(socket);
  }

  static UnixDomainSocketAddress find(Home home) throws IOException {
    return UnixDomainSocketAddress.of(
        Files.exists(file(home)) ? Path.of(Files.readString(file(home))) : near(home));
  }

  /** Takes away a socket of this or an earlier writer. */
  static void remove(Home home) throws IOException {
    Files.deleteIfExists(near(home));
    if (Files.exists(file(home))) {
      Path far = Path.of(Files.readString(file(home)));
      Files.deleteIfExists(file(home));
      Path directory = far.getParent();
      if (Files.deleteIfExists(far) && directory != null) {
        Files.deleteIfExists(directory);
      }
    }
  }

  private static Path near(Home home) {
    return home.control().resolve("socket");
  }

  private static Path file(Home home) {
    return home.control().resolve("address");
  }
}
