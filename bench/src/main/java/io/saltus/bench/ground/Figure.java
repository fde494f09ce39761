package io.saltus.bench.ground;

import java.util.Locale;

/**
 * One line of the table.
 *
 * @param what was measured
 * @param measured with its unit
 * @param beside what was asked for, or what it is held against
 * @param verdict whether it is met
 * @param load of the machine when the measurement began: runnable threads over the minute before
 */
public record Figure(String what, String measured, String beside, Verdict verdict, double load) {

  /** Whether something is as it was asked. */
  public enum Verdict {
    /** It is. */
    MET("yes"),
    /** It is too slow or too large. */
    MISSED("**no**"),
    /** Something was lost or is not true. */
    WRONG("**wrong**"),
    /** Nothing was asked. */
    REPORTED("");

    private final String word;

    Verdict(String word) {
      this.word = word;
    }
  }

  /** Of which less is better. */
  public static Figure atMost(String what, double measured, double most, String unit, double load) {
    return new Figure(
        what,
        of(measured, unit),
        "≤ " + of(most, unit),
        measured <= most ? Verdict.MET : Verdict.MISSED,
        load);
  }

  /** Of which more is better. */
  public static Figure atLeast(
      String what, double measured, double least, String unit, double load) {
    return new Figure(
        what,
        of(measured, unit),
        "≥ " + of(least, unit),
        measured >= least ? Verdict.MET : Verdict.MISSED,
        load);
  }

  /** Of which there may be none: another number is a fault, not a shortfall. */
  public static Figure none(String what, long found, double load) {
    return exactly(what, found, 0, load);
  }

  /** Of which there must be so many: another number is a fault, not a shortfall. */
  public static Figure exactly(String what, long found, long expected, double load) {
    return new Figure(
        what,
        String.format(Locale.ROOT, "%,d", found),
        String.format(Locale.ROOT, "%,d", expected),
        found == expected ? Verdict.MET : Verdict.WRONG,
        load);
  }

  /** A number that is said, held against nothing or against what is named. */
  public static Figure said(String what, double measured, String unit, String beside, double load) {
    return new Figure(what, of(measured, unit), beside, Verdict.REPORTED, load);
  }

  /** Whether nothing was asked that is not so. */
  public boolean fine() {
    return verdict == Verdict.MET || verdict == Verdict.REPORTED;
  }

  private static String of(double value, String unit) {
    return (number(value) + " " + unit).strip();
  }

  /** Three digits that mean something. */
  public static String number(double value) {
    if (value == Math.rint(value) || Math.abs(value) >= 100) {
      return String.format(Locale.ROOT, "%,d", Math.round(value));
    }
    return String.format(Locale.ROOT, Math.abs(value) >= 10 ? "%.1f" : "%.2f", value);
  }

  /** The row of a Markdown table. */
  public String row() {
    return String.format(
        Locale.ROOT, "| %s | %s | %s | %s | %.1f |", what, measured, beside, verdict.word, load);
  }

  /** Its head. */
  public static String head() {
    return "| what | measured | asked, or beside | met | load average |\n|---|---|---|---|---|";
  }
}
