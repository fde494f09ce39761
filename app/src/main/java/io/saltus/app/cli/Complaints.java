package io.saltus.app.cli;

import io.saltus.app.problem.Problem;
import io.saltus.app.problem.Refusal;
import io.saltus.app.text.Printable;
import java.io.PrintStream;
import java.util.List;

/**
 * Errors as the user sees them: {@code saltus: what: where. What to do.}, one line each, at most
 * ten, and a stack trace only for those who asked.
 */
final class Complaints {

  private static final int MOST = 10;

  private final PrintStream err;
  private final GlobalOptions options;

  Complaints(PrintStream err, GlobalOptions options) {
    this.err = err;
    this.options = options;
  }

  /** Says what was wrong and returns how the process ends. */
  int complain(Throwable failure) {
    Refusal refusal = failure instanceof Refusal known ? known : Failures.toRefusal(failure);
    show(refusal.problems());
    if (options.debug) {
      failure.printStackTrace(err);
    }
    err.flush();
    return refusal.exit().code();
  }

  private void show(List<Problem> problems) {
    problems.stream()
        .limit(MOST)
        .forEach(problem -> err.print("saltus: " + Printable.of(problem.text()) + '\n'));
    if (problems.size() > MOST) {
      err.print("… and " + (problems.size() - MOST) + " more\n");
    }
  }
}
