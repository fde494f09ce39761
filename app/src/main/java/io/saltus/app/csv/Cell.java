package io.saltus.app.csv;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.util.Locale;
import java.util.Set;

/** What stands in one place of a table. */
enum Cell {
  /** A finite number. */
  NUMBER,
  /** Nothing, NA or NaN. */
  MISSING,
  /** An infinity, or a number beyond the doubles. */
  BOUNDLESS,
  /** A date, with or without a time. */
  DATE,
  /** Anything else. */
  TEXT;

  private static final Set<String> NOTHING = Set.of("", "na", "nan", "n/a", "null", "none");
  private static final Set<String> INFINITE = Set.of("inf", "infinity");

  static Cell of(String stripped) {
    if (Decimal.isForm(stripped)) {
      return Double.isNaN(Decimal.number(stripped)) ? BOUNDLESS : NUMBER;
    }
    String lower = stripped.toLowerCase(Locale.ROOT);
    if (NOTHING.contains(lower)) {
      return MISSING;
    }
    String unsigned = lower.startsWith("-") || lower.startsWith("+") ? lower.substring(1) : lower;
    if (INFINITE.contains(unsigned)) {
      return BOUNDLESS;
    }
    return isDate(stripped) ? DATE : TEXT;
  }

  private static boolean isDate(String text) {
    return text.length() >= 7
        && Character.isDigit(text.charAt(0))
        && (parses(text, LocalDate::parse)
            || parses(text, YearMonth::parse)
            || parses(text.replace(' ', 'T'), LocalDateTime::parse)
            || parses(text.replace(' ', 'T'), OffsetDateTime::parse)
            || parses(text.replace('/', '-'), LocalDate::parse));
  }

  private interface Parsing {
    Object parse(CharSequence text);
  }

  private static boolean parses(String text, Parsing parsing) {
    try {
      parsing.parse(text);
      return true;
    } catch (DateTimeException notThisForm) {
      return false;
    }
  }
}
