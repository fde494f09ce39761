package io.saltus.app.sql;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;

/** Databases of DuckDB in directories of their own. */
final class Databases {

  private static final String FILE = "runs.duckdb";
  private static final String SPILL = "spill";
  private static final String MEMORY = "2GB";

  private Databases() {}

  /** A new one, to be filled. */
  static Connection create(Path directory) throws SQLException {
    return connection(directory, common(directory));
  }

  /**
   * One that was filled, for SQL of whomever: it can be read and nothing else, no file and no
   * address can be reached from it, no extension loaded, and none of this be changed.
   */
  static Connection locked(Path directory) throws SQLException {
    Properties settings = common(directory);
    settings.setProperty("duckdb.read_only", "true");
    settings.setProperty("enable_external_access", "false");
    settings.setProperty("allow_community_extensions", "false");
    settings.setProperty("jdbc_stream_results", "true");
    settings.setProperty("lock_configuration", "true");
    return connection(directory, settings);
  }

  private static Connection connection(Path directory, Properties settings) throws SQLException {
    Connection connection =
        DriverManager.getConnection("jdbc:duckdb:" + directory.resolve(FILE), settings);
    UnpackedLibrary.delete();
    return connection;
  }

  private static Properties common(Path directory) {
    Properties settings = new Properties();
    settings.setProperty("autoinstall_known_extensions", "false");
    settings.setProperty("autoload_known_extensions", "false");
    settings.setProperty("memory_limit", MEMORY);
    settings.setProperty("threads", Integer.toString(Runtime.getRuntime().availableProcessors()));
    settings.setProperty("temp_directory", directory.resolve(SPILL).toString());
    return settings;
  }

  /** As a text of SQL. */
  static String quoted(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  static void remove(Path directory) throws IOException {
    try (Stream<Path> walk = Files.walk(directory)) {
      List<Path> deepestFirst = walk.sorted((one, two) -> two.compareTo(one)).toList();
      for (Path each : deepestFirst) {
        Files.deleteIfExists(each);
      }
    }
  }
}
