package io.saltus.app.sql;

import io.saltus.app.json.Json;
import io.saltus.app.text.Printable;
import io.saltus.app.text.TextTable;
import io.saltus.experiment.ShortestDecimal;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How rows are written: as JSON Lines, as CSV, or as tables of so many rows each. */
public final class RowFormat {

  private static final int ROWS_OF_A_TABLE = 500;
  private static final Pattern TO_BE_QUOTED = Pattern.compile("[\",\r\n]");

  private RowFormat() {}

  /** One object for each row, by the names of the columns. */
  public static RowPrinter json(Consumer<String> lines) {
    return (rows, wanted) -> {
      List<String> names = distinct(names(rows));
      while (wanted.getAsBoolean() && rows.next()) {
        List<@Nullable Object> row = row(rows, names.size());
        lines.accept(
            Json.line(
                json -> {
                  for (int i = 0; i < names.size(); i++) {
                    put(json, names.get(i), row.get(i));
                  }
                }));
      }
    };
  }

  /**
   * A heading, then a line for each row; what is null is empty.
   *
   * @param safe makes texts fit for where they go
   */
  public static RowPrinter csv(Consumer<String> lines, UnaryOperator<String> safe) {
    return (rows, wanted) -> {
      List<String> names = names(rows);
      lines.accept(String.join(",", names.stream().map(safe).map(RowFormat::quoted).toList()));
      while (wanted.getAsBoolean() && rows.next()) {
        List<String> cells = new ArrayList<>();
        for (Object value : row(rows, names.size())) {
          cells.add(value == null ? "" : quoted(safe.apply(text(value))));
        }
        lines.accept(String.join(",", cells));
      }
    };
  }

  /** Tables for people; columns are as wide as the first rows want it. */
  public static RowPrinter text(Consumer<String> lines) {
    return (rows, wanted) -> {
      List<String> names = names(rows);
      boolean more = wanted.getAsBoolean() && rows.next();
      boolean first = true;
      while (more || first) {
        TextTable table = TextTable.of(headings(names, rows));
        int count = 0;
        while (more && count < ROWS_OF_A_TABLE) {
          String[] cells = new String[names.size()];
          List<@Nullable Object> row = row(rows, names.size());
          for (int i = 0; i < cells.length; i++) {
            Object value = row.get(i);
            cells[i] = value == null ? "" : text(value);
          }
          table.row(cells);
          more = wanted.getAsBoolean() && rows.next();
          count++;
        }
        List<String> printed = table.lines();
        printed.subList(first ? 0 : 1, printed.size()).forEach(lines);
        first = false;
      }
    };
  }

  /** Numbers stand to the right. */
  private static String[] headings(List<String> names, ResultSet rows) throws SQLException {
    String[] headings = new String[names.size()];
    for (int i = 0; i < headings.length; i++) {
      boolean number =
          switch (rows.getMetaData().getColumnType(i + 1)) {
            case java.sql.Types.TINYINT,
                java.sql.Types.SMALLINT,
                java.sql.Types.INTEGER,
                java.sql.Types.BIGINT,
                java.sql.Types.FLOAT,
                java.sql.Types.REAL,
                java.sql.Types.DOUBLE,
                java.sql.Types.NUMERIC,
                java.sql.Types.DECIMAL ->
                true;
            default -> false;
          };
      String name = Printable.of(names.get(i));
      headings[i] = number ? ">" + name : name.startsWith(">") ? " " + name : name;
    }
    return headings;
  }

  private static List<String> names(ResultSet rows) throws SQLException {
    List<String> names = new ArrayList<>();
    for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
      names.add(rows.getMetaData().getColumnLabel(i));
    }
    return names;
  }

  private static List<String> distinct(List<String> names) {
    List<String> distinct = new ArrayList<>();
    for (String name : names) {
      String free = name;
      for (int number = 2; distinct.contains(free); number++) {
        free = name + "_" + number;
      }
      distinct.add(free);
    }
    return distinct;
  }

  private static List<@Nullable Object> row(ResultSet rows, int width) throws SQLException {
    List<@Nullable Object> row = new ArrayList<>(width);
    for (int i = 1; i <= width; i++) {
      row.add(rows.getObject(i));
    }
    return row;
  }

  private static void put(Json json, String name, @Nullable Object value) {
    if (value == null) {
      json.putNull(name);
    } else if (value instanceof Boolean flag) {
      json.put(name, flag.booleanValue());
    } else if (value instanceof Double || value instanceof Float) {
      json.putNumber(name, Double.isFinite(((Number) value).doubleValue()), text(value));
    } else if (value instanceof Number) {
      json.putNumber(name, true, text(value));
    } else {
      json.put(name, text(value));
    }
  }

  private static String text(Object value) {
    if (value instanceof Double number) {
      return ShortestDecimal.of(number);
    } else if (value instanceof Float number) {
      return ShortestDecimal.of(number);
    } else if (value instanceof BigDecimal number) {
      return number.toPlainString();
    }
    return value instanceof BigInteger whole ? whole.toString() : value.toString();
  }

  private static String quoted(String text) {
    return TO_BE_QUOTED.matcher(text).find() ? '"' + text.replace("\"", "\"\"") + '"' : text;
  }
}
