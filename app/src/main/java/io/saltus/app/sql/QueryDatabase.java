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
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs in a locked database of their own, in a directory that nobody else may read and that is gone
 * when this is closed. Queries are run one at a time; {@link #cancel} may come from any thread.
 */
public final class QueryDatabase implements AutoCloseable {

  private final Path directory;
  private final Connection connection;
  private final AtomicReference<@Nullable Running> running = new AtomicReference<>();

  private QueryDatabase(Path directory, Connection connection) {
    this.directory = directory;
    this.connection = connection;
  }

  /**
   * Fills one and locks it.
   *
   * @param words what the status of a run is called
   * @param goOn looked at again and again while it is filled
   * @throws CancellationException when it said no; nothing is left then, as of all that is thrown
   * @throws IOException when there is no place for it
   * @throws SQLException when it cannot be filled
   */
  public static QueryDatabase of(
      RunReader runs,
      List<RunId> chosen,
      BiFunction<RunId, RunStatus, String> words,
      BooleanSupplier goOn)
      throws IOException, SQLException {
    Path directory =
        Files.createTempDirectory(
            "saltus-sql-",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    boolean made = false;
    try {
      try (Connection filling = Databases.create(directory)) {
        RunTables.fill(filling, runs, chosen, words, goOn);
      }
      QueryDatabase database = new QueryDatabase(directory, Databases.locked(directory));
      made = true;
      return database;
    } finally {
      if (!made) {
        Databases.remove(directory);
      }
    }
  }

  /**
   * Runs a query and hands its rows on as they come.
   *
   * @throws SQLException when the query is wrong, does what is not allowed, or was cancelled
   */
  public void run(String query, RowPrinter printer) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      Running now = new Running(statement, new AtomicBoolean());
      running.set(now);
      if (statement.execute(query)) {
        try (ResultSet rows = statement.getResultSet()) {
          printer.print(rows, () -> !now.cancelled.get());
        }
      }
      if (now.cancelled.get()) {
        throw new SQLException("the query was cancelled");
      }
    } finally {
      running.set(null);
    }
  }

  /**
   * A query that is being run.
   *
   * @param cancelled DuckDB ends what it computes, but goes on handing over what there is
   */
  private record Running(Statement statement, AtomicBoolean cancelled) {}

  /** Ends the query that is being run; whether one is. */
  public boolean cancel() {
    Running now = running.get();
    if (now == null) {
      return false;
    }
    now.cancelled.set(true);
    try {
      now.statement.cancel();
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
