package io.saltus.app.sql;

import java.sql.ResultSet;
import java.sql.SQLException;

/** Writes the rows of a result as they come. */
public interface RowPrinter {

  /**
   * Writes all of them.
   *
   * @throws SQLException when they end before their end
   */
  void print(ResultSet rows) throws SQLException;
}
