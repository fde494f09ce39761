package io.saltus.app.cli;

import io.saltus.app.problem.ExitCode;
import io.saltus.app.sql.QueryDatabase;
import io.saltus.app.sql.RowPrinter;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Set;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;

/**
 * A person asks one query after the other. A statement ends with a semicolon at the end of a line;
 * ctrl-C cancels what is being typed or run, ctrl-D ends the prompt.
 */
final class SqlPrompt {

  private static final Set<String> END = Set.of("exit", "quit", "exit;", "quit;");

  private final Invocation invocation;
  private final QueryDatabase database;
  private final RowPrinter printer;

  /** Set on the thread of a signal. */
  private volatile boolean cancelled;

  SqlPrompt(Invocation invocation, QueryDatabase database, RowPrinter printer) {
    this.invocation = invocation;
    this.database = database;
    this.printer = printer;
  }

  /**
   * Asks until there is nothing more.
   *
   * @param interruption by a signal other than ctrl-C, which ends it all
   */
  ExitCode run(SqlInterruption interruption) throws IOException {
    try (Terminal terminal = TerminalBuilder.builder().system(true).build()) {
      // What ctrl-C means while nothing is typed; the line reader would have it end the process.
      terminal.handle(Terminal.Signal.INT, signal -> cancel());
      // A terminal that only knows lines hears of no signals by itself.
      interruption.onCtrlC(() -> terminal.raise(Terminal.Signal.INT));
      interruption.endBy(() -> terminal.raise(Terminal.Signal.INT));
      LineReader reader =
          LineReaderBuilder.builder()
              .terminal(terminal)
              .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
              .build();
      invocation.note("saltus: tables runs, parameters, metrics, events, jumps; end with ctrl-D");
      StringBuilder statement = new StringBuilder();
      while (!interruption.heard() && read(reader, statement)) {
        if (statement.toString().strip().endsWith(";")) {
          execute(statement.toString());
          statement.setLength(0);
        }
      }
      return interruption.heard() ? ExitCode.INTERRUPTED : ExitCode.FINE;
    }
  }

  private void cancel() {
    cancelled = true;
    database.cancel();
  }

  /** Reads a line more; whether there was one. */
  private static boolean read(LineReader reader, StringBuilder statement) {
    try {
      String line = reader.readLine(statement.isEmpty() ? "sql> " : "...> ");
      if (statement.isEmpty() && END.contains(line.strip())) {
        return false;
      }
      if (!statement.isEmpty() || !line.isBlank()) {
        statement.append(line).append('\n');
      }
      return true;
    } catch (UserInterruptException cancelled) {
      statement.setLength(0);
      return true;
    } catch (EndOfFileException over) {
      return false;
    }
  }

  private void execute(String statement) {
    cancelled = false;
    try {
      database.run(statement, printer);
    } catch (SQLException e) {
      invocation.complain(cancelled ? "the query was cancelled" : SqlCommand.said(e));
    }
    invocation.surroundings().out().flush();
  }
}
