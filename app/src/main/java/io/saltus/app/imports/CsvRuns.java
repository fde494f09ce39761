package io.saltus.app.imports;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import io.saltus.app.csv.Separator;
import io.saltus.app.problem.ExitCode;
import io.saltus.app.problem.Problem;
import io.saltus.app.problem.Refusal;
import io.saltus.experiment.Sha256;
import io.saltus.experiment.event.RunEvent.ImportOrigin;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * The runs of a CSV or TSV file: a heading, a column of steps and columns of numbers, as {@code
 * export --to csv} writes them. A column {@code run} tells the rows of several runs apart. Values
 * are doubles; empty and {@code NA} are no values, {@code NaN} is one.
 */
final class CsvRuns {

  private final SourceFile file;
  private final Optional<String> step;
  private final Consumer<String> remarks;

  /**
   * @param step the column that has the steps; empty: one that is called like it, else rows count
   */
  CsvRuns(SourceFile file, Optional<String> step, Consumer<String> remarks) {
    this.file = file;
    this.step = step;
    this.remarks = remarks;
  }

  List<ForeignRun> read() throws IOException {
    try (BufferedInputStream in = new BufferedInputStream(file.open(0), Separator.LOOK_AHEAD)) {
      char separator = Separator.find(in);
      try (CsvReader<CsvRecord> rows =
          CsvReader.builder()
              .fieldSeparator(separator)
              .skipEmptyLines(true)
              .ignoreDifferentFieldCount(true)
              .ofCsvRecord(new InputStreamReader(in, StandardCharsets.UTF_8))) {
        return runs(rows);
      }
    } catch (CsvParseException e) {
      if (e.getCause() instanceof Refusal refusal) {
        // From below: what is read was refused, not what it says.
        throw refusal;
      }
      throw new Refusal(
          ExitCode.WRONG_INPUT,
          new Problem("this is no CSV", file.toString(), String.valueOf(e.getMessage())),
          e);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private List<ForeignRun> runs(Iterable<CsvRecord> rows) throws IOException {
    Optional<CsvRows> gathered = Optional.empty();
    for (CsvRecord row : rows) {
      if (gathered.isEmpty()) {
        gathered = Optional.of(new CsvRows(file.toString(), row, step, remarks));
      } else {
        gathered.get().add(row);
      }
    }
    if (gathered.isEmpty()) {
      throw Refusal.wrong("there is nothing in it", file.toString(), "Give a heading and rows.");
    }
    Sha256 source = file.digest();
    String experiment = ForeignNames.experiment(withoutEndings(file.name()));
    List<ForeignRun> runs = new ArrayList<>();
    gathered
        .get()
        .finish()
        .forEach(
            (name, series) ->
                runs.add(
                    new ForeignRun(
                        ImportOrigin.CSV,
                        experiment,
                        name.isEmpty() ? Optional.empty() : Optional.of(Words.displayName(name)),
                        new TreeMap<>(),
                        source,
                        Optional.empty(),
                        series)));
    return runs;
  }

  private static String withoutEndings(String name) {
    return name.replaceFirst("(?i)\\.gz$", "").replaceFirst("(?i)\\.(csv|tsv|txt)$", "");
  }
}
