package io.saltus.persistence.rocks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.rocksdb.LiveFileMetaData;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;

/**
 * Asks the manifest of a database, as far as it can be read, for tables that are not there any
 * more. What lies in the directory cannot tell.
 */
final class MissingTables {

  private static final Pattern TABLE = Pattern.compile("([0-9]+\\.sst)");

  private MissingTables() {}

  /**
   * Names the missing tables.
   *
   * @param journal the database; nothing is written there
   * @param scratch an empty directory
   */
  static List<String> of(Path journal, Path scratch) throws IOException {
    Optional<Path> manifest = manifest(journal);
    if (manifest.isEmpty()) {
      return List.of();
    }
    String name = String.valueOf(manifest.get().getFileName());
    Files.copy(manifest.get(), scratch.resolve(name));
    Files.writeString(scratch.resolve("CURRENT"), name + "\n");
    for (Path table : tables(journal)) {
      Files.createSymbolicLink(
          scratch.resolve(table.getFileName()), table.toAbsolutePath().normalize());
    }
    RocksLibrary.load();
    try (Options options =
            new Options()
                .setParanoidChecks(false)
                .setSkipCheckingSstFileSizesOnDbOpen(true)
                .setMaxOpenFiles(64);
        RocksDB db = RocksDB.openReadOnly(options, scratch.toString())) {
      return db.getLiveFilesMetaData().stream()
          .map(LiveFileMetaData::fileName)
          .flatMap(file -> missing(journal, file).stream())
          .sorted()
          .toList();
    } catch (RocksDBException e) {
      return missing(journal, String.valueOf(e.getMessage())).stream().toList();
    }
  }

  private static Optional<String> missing(Path journal, String text) {
    Matcher table = TABLE.matcher(text);
    return table.find() && !Files.exists(journal.resolve(table.group(1)))
        ? Optional.of(table.group(1))
        : Optional.empty();
  }

  /** The newest: an older one remains only when a crash came in between. */
  private static Optional<Path> manifest(Path journal) throws IOException {
    try (Stream<Path> all = Files.list(journal)) {
      return all.filter(each -> String.valueOf(each.getFileName()).matches("MANIFEST-[0-9]+"))
          .max(Comparator.naturalOrder());
    }
  }

  private static List<Path> tables(Path journal) throws IOException {
    try (Stream<Path> all = Files.list(journal)) {
      return all.filter(each -> TABLE.matcher(String.valueOf(each.getFileName())).matches())
          .toList();
    }
  }
}
