package io.saltus.app.cli;

import io.saltus.app.problem.ExitCode;
import io.saltus.app.problem.Problem;
import io.saltus.app.problem.Refusal;
import io.saltus.app.sql.QueryDatabase;
import io.saltus.app.sql.RowFormat;
import io.saltus.app.sql.RowPrinter;
import io.saltus.app.text.Printable;
import io.saltus.experiment.RunId;
import io.saltus.persistence.index.RunSummary;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.function.UnaryOperator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Answers SQL over the runs of a home, as they are now. */
@Command(
    name = "sql",
    description =
        "Query runs, parameters, metrics, events and jumps with SQL; nothing can be changed.")
final class SqlCommand implements Callable<Integer> {

  private static final int LONGEST_QUERY = 1 << 20;

  private final Invocation invocation;

  @Parameters(
      paramLabel = "QUERY",
      arity = "0..1",
      description = "One statement; else a prompt, or what standard input says.")
  private Optional<String> query = Optional.empty();

  SqlCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() {
    RowPrinter printer = printer();
    boolean prompt = query.isEmpty() && invocation.surroundings().inIsTerminal();
    String text = prompt ? "" : query.orElseGet(this::typed);
    if (!prompt && text.isBlank()) {
      throw Refusal.wrong("the query is empty", "saltus sql", "Try 'SELECT * FROM runs'.");
    }
    try (SqlInterruption interruption = SqlInterruption.begin()) {
      return answer(interruption, prompt, text, printer).code();
    } catch (SQLException | IOException e) {
      throw new Refusal(
          ExitCode.FAILED,
          new Problem("the tables cannot be made", String.valueOf(e.getMessage()), ""),
          e);
    }
  }

  private ExitCode answer(
      SqlInterruption interruption, boolean prompt, String text, RowPrinter printer)
      throws SQLException, IOException {
    try (QueryDatabase database = open(interruption)) {
      return prompt
          ? new SqlPrompt(invocation, database, printer).run(interruption)
          : once(interruption, database, text, printer);
    } catch (CancellationException filling) {
      return ExitCode.INTERRUPTED;
    }
  }

  private RowPrinter printer() {
    // What is data must not reach a terminal as it stands; a file gets it unchanged.
    UnaryOperator<String> safe =
        invocation.surroundings().outIsTerminal() ? Printable::of : UnaryOperator.identity();
    return switch (invocation.format(Format.TEXT, Format.JSON, Format.CSV)) {
      case TEXT -> RowFormat.text(invocation::print);
      case JSON -> RowFormat.json(invocation::print);
      case CSV -> RowFormat.csv(invocation::print, safe);
    };
  }

  private String typed() {
    try {
      byte[] bytes = invocation.surroundings().in().readNBytes(LONGEST_QUERY + 1);
      if (bytes.length > LONGEST_QUERY) {
        throw Refusal.wrong("the query is longer than 1 MiB", "standard input", "");
      }
      return new String(bytes, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new Refusal(
          ExitCode.FAILED,
          new Problem("standard input cannot be read", String.valueOf(e.getMessage()), ""),
          e);
    }
  }

  private QueryDatabase open(SqlInterruption interruption) throws SQLException, IOException {
    try (Reading reading = Reading.open(invocation)) {
      List<RunId> all = reading.summaries().stream().map(RunSummary::run).toList();
      return QueryDatabase.of(
          reading.runs(), all, reading.atWork()::word, () -> !interruption.heard());
    }
  }

  private static ExitCode once(
      SqlInterruption interruption, QueryDatabase database, String text, RowPrinter printer) {
    interruption.endBy(database::cancel);
    try {
      database.run(text, printer);
      return interruption.heard() ? ExitCode.INTERRUPTED : ExitCode.FINE;
    } catch (SQLException e) {
      if (interruption.heard()) {
        return ExitCode.INTERRUPTED;
      }
      throw new Refusal(ExitCode.WRONG_INPUT, new Problem(said(e), "", ""), e);
    }
  }

  /** What DuckDB says, on one line. */
  static String said(SQLException e) {
    String message = Optional.ofNullable(e.getMessage()).orElse("the query failed");
    return message.lines().findFirst().orElse(message).strip();
  }
}
