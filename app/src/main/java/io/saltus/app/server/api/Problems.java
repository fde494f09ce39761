package io.saltus.app.server.api;

import io.saltus.actors.RefusedException;
import io.saltus.app.external.BusyException;
import io.saltus.app.problem.ExitCode;
import io.saltus.app.problem.Problem;
import io.saltus.app.problem.Refusal;
import io.saltus.app.server.http.HttpProblem;
import io.saltus.app.server.http.HttpProblem.Wrong;
import io.saltus.experiment.session.SessionException;
import io.saltus.persistence.home.HomeException;
import io.saltus.persistence.read.JournalDamagedException;
import io.saltus.persistence.rocks.StoreFailedException;
import io.saltus.persistence.runs.RunNotFoundException;
import io.saltus.persistence.runs.UnknownEventException;
import java.util.Locale;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Exceptions of the parts below, as problems for whoever asked. */
public final class Problems {

  private static final Logger LOG = LoggerFactory.getLogger(Problems.class);

  private Problems() {}

  /** The problem that an exception is. */
  public static HttpProblem of(Throwable failure) {
    if (failure instanceof HttpProblem problem) {
      return problem;
    }
    if (failure instanceof CompletionException && failure.getCause() != null) {
      return of(failure.getCause());
    }
    String message = String.valueOf(failure.getMessage());
    if (failure instanceof Refusal refusal) {
      return refused(refusal);
    }
    if (failure instanceof RunNotFoundException) {
      return HttpProblem.unknown("run", message);
    }
    if (failure instanceof RefusedException) {
      return HttpProblem.conflict(message);
    }
    if (failure instanceof BusyException) {
      return HttpProblem.of(429, "too-many", "Too much waits already", message)
          .with("Retry-After", "1");
    }
    if (failure instanceof SessionException) {
      return HttpProblem.of(400, "bad-parameter", "A parameter is wrong", message);
    }
    if (failure instanceof RejectedExecutionException) {
      return HttpProblem.busy("the server has too much to do. Ask again in a second.");
    }
    if (failure instanceof StoreFailedException || failure instanceof HomeException) {
      return HttpProblem.of(503, "home-failed", "The home cannot be written", message);
    }
    if (failure instanceof JournalDamagedException || failure instanceof UnknownEventException) {
      return HttpProblem.of(500, "damaged", "The journal cannot be read", message);
    }
    LOG.error("something unexpected went wrong", failure);
    return HttpProblem.of(
        500,
        "unexpected",
        "Something unexpected went wrong",
        "something unexpected went wrong: the server. Its log says more.");
  }

  private static HttpProblem refused(Refusal refusal) {
    if (refusal.exit() != ExitCode.WRONG_INPUT) {
      return HttpProblem.conflict(withoutFlags(String.valueOf(refusal.getMessage())));
    }
    return HttpProblem.wrong(refusal.problems().stream().map(Problems::wrong).toList());
  }

  private static Wrong wrong(Problem problem) {
    String where = withoutFlags(problem.where());
    String name = where.replaceFirst("[ ,:].*", "");
    return new Wrong(
        name.isEmpty() ? "?" : name.toLowerCase(Locale.ROOT), withoutFlags(problem.text()));
  }

  /** What the command line calls {@code --metric} is {@code metric} here. */
  private static String withoutFlags(String text) {
    return text.replaceAll("(^|[ ,])--([a-z])", "$1$2");
  }
}
