package io.saltus.app.csv;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import io.saltus.app.problem.ExitCode;
import io.saltus.app.problem.Nearest;
import io.saltus.app.problem.Problem;
import io.saltus.app.problem.Refusal;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Reads the numbers of a CSV or TSV file in one pass. Every row counts, also one without numbers;
 * in all but the first row a blank line is such a row. The first row is a heading when a text
 * stands in it.
 */
public final class NumberTableReader {

  private final String file;
  private final Selection selection;
  private final long mostNumbers;

  /**
   * @param file its name in messages
   * @param mostNumbers how many numbers may be kept; beyond it the file is refused
   */
  public NumberTableReader(String file, Selection selection, long mostNumbers) {
    this.file = file;
    this.selection = selection;
    this.mostNumbers = mostNumbers;
  }

  /**
   * Reads a file to its end.
   *
   * @throws Refusal when it is empty, ragged, too long, lacks a column, or a column of numbers
   *     holds something else
   * @throws IOException when it cannot be read
   */
  public NumberTable read(InputStream stream) throws IOException {
    BufferedInputStream in = new BufferedInputStream(stream, Separator.LOOK_AHEAD);
    char separator = Separator.find(in);
    try (CsvReader<CsvRecord> rows =
        CsvReader.builder()
            .fieldSeparator(separator)
            .skipEmptyLines(false)
            .ignoreDifferentFieldCount(true)
            .ofCsvRecord(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      Rows gathered = null;
      for (CsvRecord row : rows) {
        if (gathered == null) {
          List<String> first = row.getFields().stream().map(NumberTableReader::clean).toList();
          boolean heading = first.stream().anyMatch(text -> Cell.of(text) == Cell.TEXT);
          gathered = new Rows(heading ? first : List.of(), first.size());
          if (heading) {
            continue;
          }
        }
        gathered.add(row);
      }
      if (gathered == null) {
        throw Refusal.wrong("there is nothing in it", file, "Give a file with a number per row.");
      }
      return gathered.table();
    } catch (CsvParseException e) {
      throw new Refusal(
          ExitCode.WRONG_INPUT,
          new Problem("this is no CSV", file, String.valueOf(e.getMessage())),
          e);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static String clean(String field) {
    return field.strip();
  }

  /** The rows as they come. */
  private final class Rows {

    private final List<String> heading;
    private final int width;
    private final List<Integer> wanted;
    private final Optional<Integer> index;
    private final List<NumberColumn> columns;
    private final String[] firstText;
    private final long[] firstTextLine;
    private final List<String> indexTexts = new ArrayList<>();
    private int rows;

    Rows(List<String> heading, int width) {
      this.heading = heading;
      this.width = width;
      this.index = selection.index().map(name -> place(name, "--index"));
      this.wanted =
          selection.columns().isEmpty()
              ? IntStream.range(0, width)
                  .boxed()
                  .filter(place -> index.isEmpty() || !index.get().equals(place))
                  .toList()
              : selection.columns().stream()
                  .map(name -> place(name, "--column"))
                  .distinct()
                  .toList();
      if (wanted.isEmpty()) {
        throw Refusal.wrong("there is no column beside the index", file, "");
      }
      this.columns = wanted.stream().map(place -> new NumberColumn(name(place))).toList();
      this.firstText = new String[wanted.size()];
      this.firstTextLine = new long[wanted.size()];
    }

    private String name(int place) {
      return heading.isEmpty() ? Integer.toString(place + 1) : heading.get(place);
    }

    private int place(String wantedName, String option) {
      List<String> names = IntStream.range(0, width).mapToObj(this::name).toList();
      int found = names.indexOf(wantedName);
      if (found < 0) {
        throw Refusal.wrong(
            "%s has no column '%s'".formatted(file, wantedName),
            option,
            (Nearest.question(wantedName, names)
                    + " It has "
                    + String.join(", ", names.subList(0, Math.min(20, width)))
                    + (width > 20 ? " and %d more.".formatted(width - 20) : "."))
                .strip());
      }
      if (names.lastIndexOf(wantedName) != found) {
        throw Refusal.wrong(
            "%s has more than one column '%s'".formatted(file, wantedName),
            option,
            "Rename one of them.");
      }
      return found;
    }

    void add(CsvRecord row) {
      int fields = row.getFieldCount();
      boolean blank = fields == 1 && clean(row.getField(0)).isEmpty();
      if (!blank && fields != width) {
        throw Refusal.wrong(
            "a row of %d fields among rows of %d".formatted(fields, width),
            file + ":" + row.getStartingLineNumber(),
            "");
      }
      for (int i = 0; i < wanted.size(); i++) {
        add(i, blank ? "" : clean(row.getField(wanted.get(i))), row.getStartingLineNumber());
      }
      index.ifPresent(place -> indexTexts.add(indexed(row, place, blank)));
      rows++;
      if ((long) rows * (wanted.size() + (index.isPresent() ? 8 : 0)) > mostNumbers) {
        throw Refusal.wrong(
            "there are more than %,d numbers in it, which do not fit into memory"
                .formatted(mostNumbers),
            file,
            "Choose columns with --column, or take every tenth row.");
      }
    }

    private String indexed(CsvRecord row, int place, boolean blank) {
      String text = blank ? "" : clean(row.getField(place));
      Cell cell = Cell.of(text);
      if (cell == Cell.TEXT || cell == Cell.BOUNDLESS) {
        throw Refusal.wrong(
            "'%s' in the index column %s is neither a number nor a date"
                .formatted(text, name(place)),
            place(row.getStartingLineNumber(), place),
            "");
      }
      return text;
    }

    private void add(int i, String text, long line) {
      NumberColumn column = columns.get(i);
      double number = Decimal.number(text);
      Cell cell = Double.isNaN(number) ? Cell.of(text) : Cell.NUMBER;
      if (cell == Cell.BOUNDLESS) {
        throw Refusal.wrong(
            "'%s' in column %s is not finite".formatted(text, column.name()),
            place(line, wanted.get(i)),
            "Leave it empty where a value is missing.");
      }
      if ((cell == Cell.TEXT || cell == Cell.DATE) && firstText[i] == null) {
        firstText[i] = text;
        firstTextLine[i] = line;
      }
      column.add(number);
      if (firstText[i] != null
          && (!selection.columns().isEmpty() || column.size() > column.missing())) {
        throw Refusal.wrong(
            "'%s' in column %s is no number".formatted(firstText[i], column.name()),
            place(firstTextLine[i], wanted.get(i)),
            "Leave it empty where a value is missing, or choose columns with --column.");
      }
    }

    private String place(long line, int column) {
      return file + ":" + line + ":" + (column + 1);
    }

    NumberTable table() {
      if (rows == 0) {
        throw Refusal.wrong("there is a heading and no row in it", file, "");
      }
      List<NumberColumn> numbers = new ArrayList<>();
      for (int i = 0; i < columns.size(); i++) {
        NumberColumn column = columns.get(i);
        if (column.missing() < column.size()) {
          numbers.add(column);
        } else if (!selection.columns().isEmpty() || columns.size() == 1) {
          throw Refusal.wrong(
              "there is no number in it",
              file + ", column " + column.name(),
              firstText[i] == null ? "" : "Its first text is '" + firstText[i] + "'.");
        }
      }
      if (numbers.isEmpty()) {
        throw Refusal.wrong("no column holds numbers", file, "");
      }
      return new NumberTable(numbers, index.map(place -> List.copyOf(indexTexts)));
    }
  }
}
