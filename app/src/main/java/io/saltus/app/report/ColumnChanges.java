package io.saltus.app.report;

import io.saltus.analysis.change.ChangeReport;
import io.saltus.analysis.change.Segment;
import io.saltus.app.csv.NumberColumn;
import java.util.List;
import java.util.Optional;

/**
 * The changes of one column of a file, in the rows of the file: those without a number are passed
 * over by the analysis, and count all the same.
 */
public final class ColumnChanges {

  private final String file;
  private final NumberColumn column;
  private final int[] rows;
  private final Optional<List<String>> index;
  private final ChangeReport report;
  private final boolean counted;

  /**
   * @param index what each row is; empty where nothing says so
   * @param report of the numbers that are not missing
   * @param counted whether the number of changes was given, and no penalty
   */
  public ColumnChanges(
      String file,
      NumberColumn column,
      Optional<List<String>> index,
      ChangeReport report,
      boolean counted) {
    this.file = file;
    this.column = column;
    this.rows = column.rows();
    this.index = index;
    this.report = report;
    this.counted = counted;
  }

  /** The name of the file. */
  public String file() {
    return file;
  }

  /** The name of the column. */
  public String column() {
    return column.name();
  }

  /** How many rows, those without a number included. */
  public int rows() {
    return column.size();
  }

  /** How many rows have no number. */
  public int missing() {
    return column.missing();
  }

  /** What was found, by places among the numbers that are there. */
  public ChangeReport report() {
    return report;
  }

  /** Whether the number of changes was given. */
  public boolean counted() {
    return counted;
  }

  /** The row of a place among the numbers that are there, from 0. */
  public int row(int place) {
    return rows[place];
  }

  /** What the index says of a place among the numbers that are there. */
  public Optional<String> index(int place) {
    return index.map(texts -> texts.get(rows[place])).filter(text -> !text.isEmpty());
  }

  /** The first row of a segment; the first segment begins with the first row. */
  public int from(Segment segment) {
    return segment.from() == 0 ? 0 : rows[segment.from()];
  }

  /** The row behind a segment; the last segment ends with the last row. */
  public int until(Segment segment) {
    return segment.until() == rows.length ? column.size() : rows[segment.until()];
  }

  /** The numbers that are there. */
  double[] values() {
    return column.present();
  }
}
