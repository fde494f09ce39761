package io.saltus.app.csv;

import java.util.List;
import java.util.Optional;

/**
 * The columns of a file that were asked for.
 *
 * @param columns at least one, all of the same length
 * @param index what the index column says, one text per row; empty when there is none
 */
public record NumberTable(List<NumberColumn> columns, Optional<List<String>> index) {

  /** Copies the list of columns. */
  public NumberTable {
    columns = List.copyOf(columns);
  }
}
