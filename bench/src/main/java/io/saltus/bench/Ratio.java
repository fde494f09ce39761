package io.saltus.bench;

import java.util.Locale;

/**
 * One line of a benchmark's table: a rate of ours against a named baseline of the same run.
 *
 * @param what was measured
 * @param unit of both rates
 * @param ours higher is better
 * @param baseline its name
 * @param theirs higher is better
 * @param target the ratio that is asked for
 */
public record Ratio(
    String what, String unit, double ours, String baseline, double theirs, double target) {

  /** Ours over theirs. */
  public double value() {
    return ours / theirs;
  }

  /** Whether it is as large as is asked for. */
  public boolean met() {
    return value() >= target;
  }

  /** A row of a Markdown table. */
  public String row() {
    return String.format(
        Locale.ROOT,
        "| %s | %,.1f %s | %s: %,.1f | %.3g | ≥ %s | %s |",
        what,
        ours,
        unit,
        baseline,
        theirs,
        value(),
        target == Math.rint(target) ? Long.toString((long) target) : Double.toString(target),
        met() ? "yes" : "**no**");
  }
}
