package io.saltus.experiment.spec;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sizes of memory as specs write them: {@code 512 MiB}, {@code 1.5 GiB}, {@code 2 GB}. */
public final class MemorySize {

  private static final long LEAST = 1L << 20;
  private static final long MOST = 1L << 50;
  private static final Pattern SHAPE =
      Pattern.compile("([0-9]{1,18}(?:\\.[0-9]{1,18})?) ?(B|[kMGT]B|[KMGT]iB)");
  private static final String BINARY = " KMGT";
  private static final String DECIMAL = " kMGT";

  private MemorySize() {}

  /** Whether so many bytes can be asked for: 1 MiB to 1 PiB. */
  static boolean holds(long bytes) {
    return bytes >= LEAST && bytes <= MOST;
  }

  /** What can be asked for, for problems. */
  static String expected() {
    return "a size from 1 MiB to 1024 TiB such as \"512 MiB\" or \"1.5 GiB\", or null";
  }

  /** Whole bytes, rounded up; empty when it is no size, or too small or large a one. */
  static Optional<Long> parse(String text) {
    Matcher matcher = SHAPE.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    BigDecimal bytes = new BigDecimal(matcher.group(1)).multiply(unit(matcher.group(2)));
    return bytes.compareTo(BigDecimal.valueOf(MOST)) > 0
        ? Optional.empty()
        : Optional.of(bytes.setScale(0, RoundingMode.CEILING).longValueExact())
            .filter(MemorySize::holds);
  }

  /** As specs are written out: whole numbers of the largest unit of which there are such. */
  public static String text(long bytes) {
    for (int power = BINARY.length() - 1; power > 0; power--) {
      long unit = 1L << (10 * power);
      if (bytes % unit == 0 && bytes > 0) {
        return bytes / unit + " " + BINARY.charAt(power) + "iB";
      }
    }
    return bytes + " B";
  }

  /** As people read it: three digits at most, rounded up, so that it is never too little. */
  public static String rounded(long bytes) {
    List<String> units = List.of("B", "KiB", "MiB", "GiB", "TiB");
    int power = 0;
    while (power < units.size() - 1 && bytes >= 1L << (10 * (power + 1))) {
      power++;
    }
    double value = Math.ceil(bytes * 10.0 / (1L << (10 * power))) / 10;
    boolean whole = power == 0 || value >= 100 || value == Math.rint(value);
    return (whole ? Long.toString((long) Math.ceil(value)) : Double.toString(value))
        + " "
        + units.get(power);
  }

  private static BigDecimal unit(String unit) {
    if (unit.equals("B")) {
      return BigDecimal.ONE;
    }
    return unit.endsWith("iB")
        ? BigDecimal.valueOf(1024).pow(BINARY.indexOf(unit.charAt(0)))
        : BigDecimal.valueOf(1000).pow(DECIMAL.indexOf(unit.charAt(0)));
  }
}
