package io.saltus.app.sql;

import io.saltus.app.export.RunExport;
import io.saltus.experiment.RunId;
import io.saltus.persistence.projection.RunStatus;
import io.saltus.persistence.runs.RunReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.function.BiFunction;

/** Runs as Parquet: a file for each of the {@link RunTables}. */
public final class ParquetExport implements RunExport<Path> {

  private final BiFunction<RunId, RunStatus, String> words;

  /**
   * @param words what the status of a run is called
   */
  public ParquetExport(BiFunction<RunId, RunStatus, String> words) {
    this.words = words;
  }

  @Override
  public void write(RunReader runs, List<RunId> chosen, Path to) throws IOException {
    Path work = Files.createDirectory(to.resolve(".work"));
    try (Connection connection = Databases.create(work)) {
      RunTables.fill(connection, runs, chosen, words, () -> true);
      try (Statement statement = connection.createStatement()) {
        for (String table : RunTables.NAMES) {
          statement.execute(
              "COPY %s TO %s (FORMAT parquet, COMPRESSION zstd)"
                  .formatted(table, Databases.quoted(to.resolve(table + ".parquet").toString())));
        }
      }
    } catch (SQLException e) {
      throw new IOException(e.getMessage(), e);
    } finally {
      Databases.remove(work);
    }
  }
}
