package io.saltus.app.sql;

import io.saltus.experiment.RunId;
import io.saltus.persistence.projection.RunStatus;
import io.saltus.persistence.runs.RunReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Runs in a locked database of their own, in a directory that nobody else may read and that is gone
 * when this is closed. Queries are run one at a time; {@link #cancel} may come from any thread.
 */
public final class QueryDatabase implements AutoCloseable {

  private final Path directory;
  private final Connection connection;
  private final AtomicReference<@Nullable Statement> running = new AtomicReference<>();

  private QueryDatabase(Path directory, Connection connection) {
    this.directory = directory;
    this.connection = connection;
  }

  /**
   * Fills one and locks it.
   *
   * @param words what the status of a run is called
   * @throws IOException when there is no place for it
   * @throws SQLException when it cannot be filled
   */
  public static QueryDatabase of(
      RunReader runs, List<RunId> chosen, BiFunction<RunId, RunStatus, String> words)
      throws IOException, SQLException {
    Path directory =
        Files.createTempDirectory(
            "saltus-sql-",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    try {
      try (Connection filling = Databases.create(directory)) {
        RunTables.fill(filling, runs, chosen, words);
      }
      return new QueryDatabase(directory, Databases.locked(directory));
    } catch (SQLException | RuntimeException e) {
      Databases.remove(directory);
      throw e;
    }
  }

  /**
   * Runs a query and hands its rows on as they come.
   *
   * @throws SQLException when the query is wrong, does what is not allowed, or was cancelled
   */
  public void run(String query, RowPrinter printer) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      running.set(statement);
      if (statement.execute(query)) {
        try (ResultSet rows = statement.getResultSet()) {
          printer.print(rows);
        }
      }
    } finally {
      running.set(null);
    }
  }

  /** Ends the query that is being run; whether one is. */
  public boolean cancel() {
    Statement statement = running.get();
    if (statement == null) {
      return false;
    }
    try {
      statement.cancel();
    } catch (SQLException e) {
      // It has come to its end by itself.
    }
    return true;
  }

  /** Where it lies. */
  Path directory() {
    return directory;
  }

  @Override
  public void close() throws SQLException, IOException {
    try {
      connection.close();
    } finally {
      Databases.remove(directory);
    }
  }
}
