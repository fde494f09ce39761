package io.saltus.app.plot;

import java.util.Locale;

/**
 * The axis of values.
 *
 * @param low the value at the bottom
 * @param high the value at the top, above {@code low}
 */
public record ValueAxis(double low, double high) {

  /** Widens a range without height, and replaces what is not finite. */
  public ValueAxis {
    low = Double.isFinite(low) ? low : 0;
    high = Double.isFinite(high) ? high : 1;
    if (!(high > low)) {
      double half = Math.max(0.5, Math.abs(low) / 2);
      high = low + half;
      low = low - half;
    }
  }

  /** Of shares from 0 to 1. */
  public static ValueAxis shares() {
    return new ValueAxis(0, 1);
  }

  /** The place of a value, from 0 at the bottom to 1 at the top. */
  double at(double value) {
    return Math.max(0, Math.min(1, (value - low) / (high - low)));
  }

  /** What a mark at a place says. */
  String label(double place) {
    double value = low + place * (high - low);
    double size = Math.max(Math.abs(low), Math.abs(high));
    String pattern = size < 10 ? "%.2f" : size < 1_000 ? "%.1f" : size < 100_000 ? "%.0f" : "%.1e";
    return String.format(Locale.ROOT, size < 0.01 ? "%.0e" : pattern, value);
  }
}
