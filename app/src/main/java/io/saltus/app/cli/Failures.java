package io.saltus.app.cli;

import io.saltus.actors.RefusedException;
import io.saltus.app.problem.ExitCode;
import io.saltus.app.problem.Problem;
import io.saltus.app.problem.Refusal;
import io.saltus.experiment.session.SessionException;
import io.saltus.persistence.codec.CodecException;
import io.saltus.persistence.home.HomeException;
import io.saltus.persistence.read.JournalDamagedException;
import io.saltus.persistence.rocks.StoreFailedException;
import io.saltus.persistence.runs.RunNotFoundException;
import io.saltus.persistence.runs.UnknownEventException;
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
    if (failure instanceof HomeException home) {
      return new Refusal(exit(home.reason()), new Problem(message(failure), "", ""), failure);
    }
    if (failure instanceof RefusedException || failure instanceof RunNotFoundException) {
      return new Refusal(ExitCode.WRONG_INPUT, new Problem(message(failure), "", ""), failure);
    }
    if (failure instanceof JournalDamagedException
        || failure instanceof CodecException
        || failure instanceof UnknownEventException
        || failure instanceof StoreFailedException) {
      return failed(message(failure), "", "", failure);
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

  /** Wrong is what the user can choose otherwise; the rest failed. */
  private static ExitCode exit(HomeException.Reason reason) {
    return switch (reason) {
      case MISSING, NOT_A_DIRECTORY, NOT_PERMITTED, FOREIGN, NEWER_FORMAT -> ExitCode.WRONG_INPUT;
      case DISK_FULL, DAMAGED, HELD, FAILED -> ExitCode.FAILED;
    };
  }

  private static Refusal failed(String what, String where, String advice, Throwable cause) {
    return new Refusal(ExitCode.FAILED, new Problem(what, where, advice), cause);
  }

  private static String message(Throwable failure) {
    return Optional.ofNullable(failure.getMessage()).orElse(failure.getClass().getSimpleName());
  }
}
