package io.saltus.app.sql;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/** Rows on their way into a table, field by field in the order of its columns. */
final class Rows implements AutoCloseable {

  private final DuckDBAppender appender;

  private Rows(DuckDBAppender appender) {
    this.appender = appender;
  }

  static Rows into(Connection connection, String schema, String table) throws SQLException {
    return new Rows(connection.unwrap(DuckDBConnection.class).createAppender(schema, table));
  }

  Rows begin() throws SQLException {
    appender.beginRow();
    return this;
  }

  Rows add(String value) throws SQLException {
    appender.append(value);
    return this;
  }

  Rows add(long value) throws SQLException {
    appender.append(value);
    return this;
  }

  Rows add(int value) throws SQLException {
    appender.append(value);
    return this;
  }

  Rows add(double value) throws SQLException {
    appender.append(value);
    return this;
  }

  Rows add(boolean value) throws SQLException {
    appender.append(value);
    return this;
  }

  Rows add(long[] values) throws SQLException {
    appender.append(values);
    return this;
  }

  Rows add(double[] values) throws SQLException {
    appender.append(values);
    return this;
  }

  /** Microseconds since 1970. */
  Rows add(Instant time) throws SQLException {
    return add(ChronoUnit.MICROS.between(Instant.EPOCH, time));
  }

  Rows addText(Optional<String> value) throws SQLException {
    return value.isPresent() ? add(value.get()) : addNull();
  }

  Rows addWhole(Optional<Long> value) throws SQLException {
    return value.isPresent() ? add(value.get().longValue()) : addNull();
  }

  /** Null where it is no number. */
  Rows addReal(double value) throws SQLException {
    return Double.isNaN(value) ? addNull() : add(value);
  }

  Rows addNull() throws SQLException {
    appender.appendNull();
    return this;
  }

  void end() throws SQLException {
    appender.endRow();
  }

  @Override
  public void close() throws SQLException {
    appender.close();
  }
}
