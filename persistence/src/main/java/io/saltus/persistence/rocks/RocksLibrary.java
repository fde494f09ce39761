package io.saltus.persistence.rocks;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.jar.JarEntry;
import org.rocksdb.RocksDB;
import org.rocksdb.util.Environment;

/**
 * Loads RocksDB's native library from the user's cache directory, where it is unpacked once.
 *
 * <p>RocksDB itself would unpack 15 MB to the temporary directory at each start and leave them
 * there when the process is killed. It also prints to standard output on the way, where Saltus puts
 * results only.
 */
final class RocksLibrary {

  private RocksLibrary() {}

  /** Loads the library unless it is loaded. */
  static void load() {
    if (System.getenv("ROCKSDB_SHAREDLIB_DIR") != null) {
      RocksDB.loadLibrary();
      return;
    }
    String file = Environment.getJniLibraryFileName("rocksdb");
    URL packed = RocksDB.class.getResource("/" + file);
    if (packed == null) {
      throw new UnsupportedOperationException(
          "there is no RocksDB for this platform (%s on %s): %s is missing. Use Linux on x86-64 or arm64."
              .formatted(
                  System.getProperty("os.name", "?"), System.getProperty("os.arch", "?"), file));
    }
    // Given directories, RocksDB looks for a name that says "jni" twice.
    String wanted = Environment.getJniLibraryFileName("rocksdbjni");
    RocksDB.loadLibrary(List.of(unpacked(packed, wanted).toString()));
  }

  private static Path unpacked(URL packed, String file) {
    try {
      JarEntry entry = ((JarURLConnection) packed.openConnection()).getJarEntry();
      Path directory =
          cache().resolve("rocksdb-%08x-%d".formatted(entry.getCrc(), entry.getSize()));
      Path library = directory.resolve(file);
      if (!Files.exists(library) || Files.size(library) != entry.getSize()) {
        unpack(packed, library);
      }
      return directory;
    } catch (IOException e) {
      throw new UncheckedIOException(
          "cannot unpack RocksDB's native library: %s. Set XDG_CACHE_HOME to a directory that can be written."
              .formatted(e),
          e);
    }
  }

  /** Under a name of its own first, so that processes that start together never load a part. */
  private static void unpack(URL packed, Path library) throws IOException {
    Path directory = Files.createDirectories(library.resolveSibling(""));
    Path temporary = Files.createTempFile(directory, "unpacking", ".tmp");
    try (InputStream in = packed.openStream()) {
      Files.copy(in, temporary, StandardCopyOption.REPLACE_EXISTING);
      try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
        channel.force(true);
      }
      Files.move(temporary, library, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  private static Path cache() {
    String configured = System.getenv("XDG_CACHE_HOME");
    Path base =
        configured == null || configured.isBlank()
            ? Path.of(System.getProperty("user.home", "."), ".cache")
            : Path.of(configured);
    return base.toAbsolutePath().resolve("saltus");
  }
}
