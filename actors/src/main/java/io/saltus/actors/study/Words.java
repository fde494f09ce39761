package io.saltus.actors.study;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
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
    return hours(hours) + " of " + hours(budget) + " device-hours are spent";
  }

  /** Three digits, or all of those before the point. */
  private static String hours(double hours) {
    BigDecimal exact = BigDecimal.valueOf(hours);
    BigDecimal rounded =
        exact.precision() - exact.scale() > 3
            ? exact.setScale(0, RoundingMode.HALF_UP)
            : exact.round(new MathContext(3));
    return rounded.stripTrailingZeros().toPlainString();
  }

  static String paused(int runs) {
    return runs == 1 ? "1 run rests" : runs + " runs rest";
  }
}
