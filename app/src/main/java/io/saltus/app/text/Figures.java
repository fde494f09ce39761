package io.saltus.app.text;

import java.time.Duration;
import java.util.Locale;

/** Numbers for people: few digits, grouped thousands, short durations. */
public final class Figures {

  private static final String[] SIZES = {"B", "kB", "MB", "GB", "TB"};

  private static final int GROUP = 3;
  private static final long[] POWERS = {1, 10, 100, 1_000, 10_000};

  /** Beyond what rounding of a product below 10⁷ can do. */
  private static final double UNSURE = 1e-6;

  private Figures() {}

  /** {@code 12,345} */
  public static String whole(long value) {
    String digits = Long.toString(value);
    int first = value < 0 ? 1 : 0;
    // Without a format: lists of many runs have many of them.
    StringBuilder grouped = new StringBuilder(digits.length() + digits.length() / GROUP);
    for (int i = 0; i < digits.length(); i++) {
      if (i > first && (digits.length() - i) % GROUP == 0) {
        grouped.append(',');
      }
      grouped.append(digits.charAt(i));
    }
    return grouped.toString();
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
    return fixed(value, digits);
  }

  /** Like {@code %.nf}, which is slow; it is asked where the two could differ, close to a tie. */
  private static String fixed(double value, int digits) {
    long scale = POWERS[digits];
    double scaled = Math.abs(value) * scale;
    long rounded = (long) (scaled + 0.5);
    if (Math.abs(scaled - Math.floor(scaled) - 0.5) < UNSURE) {
      return String.format(Locale.ROOT, "%." + digits + "f", value);
    }
    // The sign of a negative zero is shown, too.
    StringBuilder text = new StringBuilder(Double.doubleToRawLongBits(value) < 0 ? "-" : "");
    text.append(rounded / scale);
    if (digits > 0) {
      text.append('.');
      String fraction = Long.toString(rounded % scale);
      text.append("0".repeat(digits - fraction.length())).append(fraction);
    }
    return text.toString();
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
