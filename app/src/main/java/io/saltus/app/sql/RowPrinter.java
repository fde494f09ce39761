package io.saltus.app.sql;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.function.BooleanSupplier;

/** Writes the rows of a result as they come. */
public interface RowPrinter {

  /**
   * Writes all of them.
   *
   * @param wanted asked before each: once it says no, there is nobody for the others
   * @throws SQLException when they end before their end
   */
  void print(ResultSet rows, BooleanSupplier wanted) throws SQLException;
}
