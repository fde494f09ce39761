package io.saltus.app.imports;

import de.siegmar.fastcsv.reader.CsvRecord;
import io.saltus.app.csv.Decimal;
import io.saltus.app.problem.Nearest;
import io.saltus.app.problem.Refusal;
import io.saltus.experiment.metric.ColumnKind;
import io.saltus.experiment.metric.MetricName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The rows of a CSV as they come, as series of the runs that they belong to. */
final class CsvRows {

  /** What a column of steps is called, the likeliest first. */
  private static final List<String> STEPS =
      List.of("step", "global_step", "global-step", "steps", "iteration", "iter", "epoch");

  private static final String RUN = "run";
  private static final int MOST_RUNS = 10_000;
  private static final int MOST_COLUMNS = 10_000;
  private static final double MOST_STEP = 1L << 53;

  private static final Set<String> NOTHING = Set.of("", "na", "n/a", "null", "none");

  private final String file;
  private final Consumer<String> remarks;
  private final List<String> heading;
  private final OptionalInt step;
  private final OptionalInt run;
  private final ForeignNames names = new ForeignNames();
  private final @Nullable MetricName[] metrics;
  private final @Nullable String[] firstText;
  private final long[] firstTextLine;
  private final boolean[] numbers;
  private final Map<String, GatheredSeries> runs = new LinkedHashMap<>();
  private final Allowance allowance;
  private long rows;

  CsvRows(String file, CsvRecord first, Optional<String> wanted, Consumer<String> remarks) {
    this.file = file;
    this.remarks = remarks;
    this.allowance = Allowance.ofHeap(file);
    this.heading = first.getFields().stream().map(String::strip).toList();
    int width = heading.size();
    if (width > MOST_COLUMNS) {
      throw Refusal.wrong("it has " + width + " columns", file, "At most 10000 can be imported.");
    }
    if (heading.stream().anyMatch(text -> number(text).isPresent())) {
      throw Refusal.wrong(
          "the first row is no heading", file + ":1", "Put the names of the columns there.");
    }
    this.step = step(wanted);
    this.run = place(RUN);
    this.metrics = new MetricName[width];
    this.firstText = new String[width];
    this.firstTextLine = new long[width];
    this.numbers = new boolean[width];
    if (step.isEmpty()) {
      remarks.accept("no column is called step, so rows count as steps, from 0");
    }
  }

  private OptionalInt step(Optional<String> wanted) {
    if (wanted.isPresent()) {
      OptionalInt found = place(wanted.get());
      if (found.isEmpty()) {
        throw Refusal.wrong(
            file + " has no column '" + wanted.get() + "'",
            "--step",
            Nearest.question(wanted.get(), heading));
      }
      return found;
    }
    for (String name : STEPS) {
      for (int i = 0; i < heading.size(); i++) {
        if (heading.get(i).toLowerCase(Locale.ROOT).equals(name)) {
          return OptionalInt.of(i);
        }
      }
    }
    return OptionalInt.empty();
  }

  private OptionalInt place(String name) {
    int found = heading.indexOf(name);
    return found < 0 ? OptionalInt.empty() : OptionalInt.of(found);
  }

  void add(CsvRecord row) {
    long line = row.getStartingLineNumber();
    if (row.getFieldCount() != heading.size()) {
      throw Refusal.wrong(
          "a row of %d fields among rows of %d".formatted(row.getFieldCount(), heading.size()),
          file + ":" + line,
          "");
    }
    long at = step.isPresent() ? step(row.getField(step.getAsInt()).strip(), line) : rows;
    rows++;
    GatheredSeries series = of(run.isPresent() ? row.getField(run.getAsInt()).strip() : "", line);
    for (int i = 0; i < heading.size(); i++) {
      if ((step.isEmpty() || step.getAsInt() != i) && (run.isEmpty() || run.getAsInt() != i)) {
        add(series, at, i, row.getField(i).strip(), line);
      }
    }
  }

  private GatheredSeries of(String name, long line) {
    GatheredSeries known = runs.get(name);
    if (known != null) {
      return known;
    }
    if (runs.size() == MOST_RUNS) {
      throw Refusal.wrong(
          "there are more than 10000 runs in it", file + ":" + line, "Import it in parts.");
    }
    GatheredSeries fresh = new GatheredSeries(allowance);
    runs.put(name, fresh);
    return fresh;
  }

  private long step(String text, long line) {
    OptionalDouble value = number(text);
    double step = value.orElse(-1);
    if (step < 0 || step > MOST_STEP || step != Math.rint(step)) {
      throw Refusal.wrong(
          "'" + text + "' is no step: a whole number, 0 or more",
          place(line, step()),
          "Name the column of steps with --step.");
    }
    return (long) step;
  }

  private int step() {
    return step.orElse(0);
  }

  private void add(GatheredSeries series, long at, int column, String text, long line) {
    if (NOTHING.contains(text.toLowerCase(Locale.ROOT))) {
      return;
    }
    OptionalDouble value = number(text);
    if (value.isEmpty()) {
      refuseMixed(column, text, line, numbers[column]);
      if (firstText[column] == null) {
        firstText[column] = text;
        firstTextLine[column] = line;
      }
      return;
    }
    String before = firstText[column];
    refuseMixed(column, before == null ? "" : before, firstTextLine[column], before != null);
    numbers[column] = true;
    series.of(metric(column), ColumnKind.F64).add(at, value.getAsDouble());
  }

  private void refuseMixed(int column, String text, long line, boolean mixed) {
    if (mixed) {
      throw Refusal.wrong(
          "'%s' in column %s is no number".formatted(text, heading.get(column)),
          place(line, column),
          "Leave it empty where a value is missing.");
    }
  }

  private MetricName metric(int column) {
    MetricName known = metrics[column];
    if (known != null) {
      return known;
    }
    String theirs = heading.get(column);
    // Two columns of one name stay two.
    String told = heading.indexOf(theirs) == column ? theirs : theirs + "-" + (column + 1);
    MetricName name = names.metric(told);
    metrics[column] = name;
    if (!name.value().equals(theirs)) {
      remarks.accept("'" + theirs + "' is called " + name);
    }
    return name;
  }

  /** The number that a text is, if it is one; what overflows is none. */
  private static OptionalDouble number(String text) {
    switch (text.toLowerCase(Locale.ROOT)) {
      case "nan", "+nan", "-nan" -> {
        return OptionalDouble.of(Double.NaN);
      }
      case "inf", "infinity", "+inf", "+infinity" -> {
        return OptionalDouble.of(Double.POSITIVE_INFINITY);
      }
      case "-inf", "-infinity" -> {
        return OptionalDouble.of(Double.NEGATIVE_INFINITY);
      }
      default -> {
        double value = Decimal.number(text);
        return Double.isNaN(value) ? OptionalDouble.empty() : OptionalDouble.of(value);
      }
    }
  }

  private String place(long line, int column) {
    return file + ":" + line + ":" + (column + 1);
  }

  /** The series by the name of their run, which is empty where there is one alone. */
  Map<String, GatheredSeries> finish() {
    List<String> left = new ArrayList<>();
    for (int i = 0; i < heading.size(); i++) {
      if (firstText[i] != null) {
        left.add(heading.get(i));
      }
    }
    if (!left.isEmpty()) {
      remarks.accept("left out, for they hold no numbers: " + String.join(", ", left));
    }
    runs.values().removeIf(GatheredSeries::isEmpty);
    if (runs.isEmpty()) {
      throw Refusal.wrong("no column holds numbers", file, "");
    }
    long repeated = runs.values().stream().mapToLong(GatheredSeries::finish).sum();
    if (repeated > 0) {
      remarks.accept(repeated + " values were left out: their step comes again later");
    }
    return runs;
  }
}
