package io.saltus.actors.study;

import java.util.Locale;
import java.util.concurrent.CompletionException;

/** What a study says of itself. */
final class Words {

  private Words() {}

  /** What a failure says. */
  static String of(Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    String message = cause.getMessage();
    return message == null || message.isBlank() ? cause.toString() : message;
  }

  static String spent(double hours, double budget) {
    return String.format(Locale.ROOT, "%.3g of %.3g device-hours are spent", hours, budget);
  }

  static String paused(int runs) {
    return runs == 1 ? "1 run rests" : runs + " runs rest";
  }
}
