package io.saltus.app.csv;

import java.util.List;
import java.util.Optional;

/**
 * Which columns of a file are wanted.
 *
 * @param columns by heading or by place from 1; none: all that hold numbers
 * @param index the column that says what a row is, likewise
 */
public record Selection(List<String> columns, Optional<String> index) {

  /** Copies the list. */
  public Selection {
    columns = List.copyOf(columns);
  }
}
