package io.saltus.app.cli;

import io.saltus.analysis.change.ChangeDetection;
import io.saltus.analysis.change.ChangeModel;
import io.saltus.analysis.change.ChangeReport;
import io.saltus.app.csv.NumberColumn;
import io.saltus.app.csv.NumberTable;
import io.saltus.app.csv.NumberTableReader;
import io.saltus.app.csv.Selection;
import io.saltus.app.problem.ExitCode;
import io.saltus.app.problem.Nearest;
import io.saltus.app.problem.Problem;
import io.saltus.app.problem.Refusal;
import io.saltus.app.report.ChangesJson;
import io.saltus.app.report.ChangesText;
import io.saltus.app.report.ColumnChanges;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Finds the changes of the columns of any CSV file. */
@Command(name = "changes", description = "Find the changes in columns of numbers, from CSV or TSV.")
final class ChangesCommand implements Callable<Integer> {

  private static final String STANDARD_INPUT = "-";

  /** A quarter of the memory there is holds the numbers; the analysis needs as much again. */
  private static final int MEMORY_PARTS = 4;

  private final Invocation invocation;

  @Parameters(
      paramLabel = "FILE",
      arity = "1..*",
      description = "CSV or TSV; - for standard input.")
  private List<String> files = new ArrayList<>();

  @Option(
      names = "--column",
      paramLabel = "NAME",
      description = "Only this one, by heading or place from 1; repeatable.")
  private List<String> columns = new ArrayList<>();

  @Option(
      names = "--index",
      paramLabel = "NAME",
      description = "The column that says what a row is: numbers or dates.")
  private Optional<String> index = Optional.empty();

  @Option(
      names = "--model",
      paramLabel = "NAME",
      description = "auto, mean, mean-variance, slope or distribution; else auto.")
  private Optional<String> model = Optional.empty();

  @Option(names = "--changes", paramLabel = "K", description = "The best K changes.")
  private Optional<String> count = Optional.empty();

  @Option(names = "--penalty", paramLabel = "P", description = "What a change costs, from 0.")
  private Optional<String> penalty = Optional.empty();

  @Option(
      names = "--min-length",
      paramLabel = "N",
      description =
          "The least length of a segment; else 1 with mean, 3 with auto and slope, 2 else.")
  private Optional<String> minLength = Optional.empty();

  ChangesCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() {
    boolean json = invocation.json();
    ChangeModel chosen = model();
    int least =
        Arguments.whole("--min-length", minLength, 1, Integer.MAX_VALUE)
            .map(Math::toIntExact)
            .orElse(chosen.minLength());
    Optional<Integer> changes =
        Arguments.whole("--changes", count, 0, Integer.MAX_VALUE).map(Math::toIntExact);
    Optional<Double> price = penalty.map(ChangesCommand::price);
    if (changes.isPresent() && price.isPresent()) {
      throw Refusal.wrong(
          "a number of changes and a penalty exclude each other",
          "--changes, --penalty",
          "Give one of them.");
    }
    if (files.stream().filter(STANDARD_INPUT::equals).count() > 1) {
      throw Refusal.wrong("standard input can be read once", STANDARD_INPUT, "");
    }
    List<Problem> problems = new ArrayList<>();
    boolean first = true;
    for (String file : files) {
      try {
        for (ColumnChanges column : analysed(file, chosen, least, changes, price)) {
          if (json) {
            invocation.print(ChangesJson.line(column));
          } else {
            if (!first) {
              invocation.print("");
            }
            invocation.print(
                ChangesText.lines(
                    column,
                    invocation.width(),
                    invocation.surroundings().colours(invocation.surroundings().outIsTerminal())));
          }
          first = false;
        }
      } catch (Refusal refused) {
        problems.addAll(refused.problems());
      }
    }
    if (!problems.isEmpty()) {
      throw new Refusal(ExitCode.WRONG_INPUT, problems);
    }
    return ExitCode.FINE.code();
  }

  private List<ColumnChanges> analysed(
      String file,
      ChangeModel chosen,
      int least,
      Optional<Integer> changes,
      Optional<Double> price) {
    NumberTable table = read(file);
    List<ColumnChanges> analysed = new ArrayList<>();
    for (NumberColumn column : table.columns()) {
      try {
        ChangeDetection detection = ChangeDetection.of(column.present(), chosen, least);
        ChangeReport report =
            changes.isPresent()
                ? detection.best(changes.get())
                : detection.penalised(price.orElseGet(detection::defaultPenalty));
        analysed.add(new ColumnChanges(file, column, table.index(), report, changes.isPresent()));
      } catch (IllegalArgumentException refused) {
        throw new Refusal(
            ExitCode.WRONG_INPUT,
            new Problem(
                String.valueOf(refused.getMessage()), file + ", column " + column.name(), ""),
            refused);
      }
    }
    return analysed;
  }

  private NumberTable read(String file) {
    NumberTableReader reader =
        new NumberTableReader(
            file,
            new Selection(columns, index),
            Runtime.getRuntime().maxMemory() / MEMORY_PARTS / Double.BYTES);
    try (InputStream in = open(file)) {
      return reader.read(in);
    } catch (IOException e) {
      throw new Refusal(
          ExitCode.WRONG_INPUT,
          new Problem("it cannot be read", file, String.valueOf(e.getMessage())),
          e);
    }
  }

  private InputStream open(String file) throws IOException {
    if (file.equals(STANDARD_INPUT)) {
      return invocation.surroundings().in();
    }
    Path path = invocation.path(file);
    if (Files.isDirectory(path)) {
      throw Refusal.wrong("this is a directory", file, "Give a file of numbers.");
    }
    try {
      return Files.newInputStream(path);
    } catch (NoSuchFileException e) {
      throw new Refusal(
          ExitCode.WRONG_INPUT, new Problem("there is no such file", file, "Look at its name."), e);
    }
  }

  private ChangeModel model() {
    List<String> words = Arrays.stream(ChangeModel.values()).map(ChangeModel::word).toList();
    String word = model.orElse(ChangeModel.AUTO.word());
    return Arrays.stream(ChangeModel.values())
        .filter(known -> known.word().equals(word))
        .findFirst()
        .orElseThrow(
            () ->
                Refusal.wrong(
                    "'" + word + "' is none of " + String.join(", ", words),
                    "--model",
                    Nearest.question(word, words)));
  }

  private static double price(String text) {
    try {
      double value = Double.parseDouble(text);
      if (value >= 0 && value < Double.POSITIVE_INFINITY) {
        return value;
      }
    } catch (NumberFormatException notANumber) {
      // Said below, together with what is allowed.
    }
    throw Refusal.wrong(
        "'" + text + "' is no penalty", "--penalty", "Give a finite number, 0 or more.");
  }
}
