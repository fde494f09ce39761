package io.saltus.app.text;

import java.time.Duration;
import java.util.Locale;

/** Numbers for people: few digits, grouped thousands, short durations. */
public final class Figures {

  private static final String[] SIZES = {"B", "kB", "MB", "GB", "TB"};

  private Figures() {}

  /** {@code 12,345} */
  public static String whole(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  /** Four significant digits: {@code 0.9985}, {@code 12.35}, {@code 1.234e-07}. */
  public static String real(double value) {
    if (!Double.isFinite(value)) {
      return Double.toString(value);
    }
    double size = Math.abs(value);
    if (size != 0 && (size < 1e-3 || size >= 1e6)) {
      return String.format(Locale.ROOT, "%.3e", value);
    }
    int digits = size >= 1_000 ? 0 : size >= 100 ? 1 : size >= 10 ? 2 : size >= 1 ? 3 : 4;
    return String.format(Locale.ROOT, "%." + digits + "f", value);
  }

  /** {@code 412 kB}, in powers of a thousand. */
  public static String bytes(long bytes) {
    double rest = bytes;
    int unit = 0;
    while (rest >= 1_000 && unit < SIZES.length - 1) {
      rest /= 1_000;
      unit++;
    }
    String pattern = unit == 0 || rest >= 100 ? "%.0f %s" : rest >= 10 ? "%.1f %s" : "%.2f %s";
    return String.format(Locale.ROOT, pattern, rest, SIZES[unit]);
  }

  /** {@code 7 s}, {@code 3 min 20 s}, {@code 2 h 5 min}, {@code 3 d 4 h}. */
  public static String duration(Duration duration) {
    long seconds = Math.max(0, duration.toSeconds());
    if (seconds < 60) {
      return seconds + " s";
    }
    if (seconds < 3_600) {
      return seconds / 60 + " min " + seconds % 60 + " s";
    }
    if (seconds < 86_400) {
      return seconds / 3_600 + " h " + seconds % 3_600 / 60 + " min";
    }
    return seconds / 86_400 + " d " + seconds % 86_400 / 3_600 + " h";
  }
}
