package io.saltus.app.cli;

import io.saltus.app.problem.ExitCode;
import io.saltus.app.problem.Problem;
import io.saltus.app.problem.Refusal;
import io.saltus.experiment.session.SessionException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

/** Exceptions of the parts below, in words for the user. */
final class Failures {

  private static final String ADVICE = "Run again with --debug for the whole story.";

  private Failures() {}

  static Refusal toRefusal(Throwable failure) {
    if (failure instanceof Refusal refusal) {
      return refusal;
    }
    if (failure instanceof SessionException) {
      return failed(message(failure), "", "", failure);
    }
    if (failure instanceof UncheckedIOException || failure instanceof IOException) {
      return failed("input or output failed", message(failure), ADVICE, failure);
    }
    return failed(
        "something unexpected went wrong",
        failure.getClass().getSimpleName() + " " + message(failure),
        ADVICE,
        failure);
  }

  private static Refusal failed(String what, String where, String advice, Throwable cause) {
    return new Refusal(ExitCode.FAILED, new Problem(what, where, advice), cause);
  }

  private static String message(Throwable failure) {
    return Optional.ofNullable(failure.getMessage()).orElse(failure.getClass().getSimpleName());
  }
}
