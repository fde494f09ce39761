package io.saltus.experiment.spec;

import com.typesafe.config.ConfigObject;
import io.saltus.experiment.ShortestDecimal;
import io.saltus.experiment.random.Philox;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads axes that are made: evenly spaced, evenly spaced in their logarithm, or random.
 *
 * <p>The draw number i of a random axis is the counter i of {@link Philox} keyed by the seed and
 * the path of the axis, so no axis changes when another is added. What is made is rounded to 12
 * significant digits where it is evenly spaced, else to 6, and to whole numbers where the axis
 * takes only those; what then comes twice is left out.
 */
final class RangeBinder {

  private static final Parameter.RealIn ANY =
      new Parameter.RealIn(Double.NEGATIVE_INFINITY, false, Double.POSITIVE_INFINITY, false);
  private static final Set<String> KEYS = Set.of("from", "to", "count", "scale", "random");
  private static final MathContext EVEN = new MathContext(12);
  private static final MathContext OTHER = new MathContext(6);

  private final long seed;

  RangeBinder(long seed) {
    this.seed = seed;
  }

  /** Whether an object is a range and not one of paths. */
  static boolean isRange(ConfigObject object) {
    return object.isEmpty() || object.keySet().stream().anyMatch(KEYS::contains);
  }

  /**
   * @param path of the axis, for its draws
   */
  Optional<List<String>> values(Section section, String path, boolean whole) {
    boolean random = section.find("random").isPresent();
    boolean logarithmic =
        random
            ? section.word("random", List.of("uniform", "log-uniform"), "uniform").startsWith("log")
            : section.word("scale", List.of("linear", "log"), "linear").equals("log");
    Optional<Double> from = bound(section, "from");
    Optional<Double> to = bound(section, "to");
    Optional<Found> counted = section.find("count");
    if (counted.isEmpty()) {
      missing(section, "count");
    }
    int least = random ? 1 : 2;
    int count = (int) section.whole("count", least, AxisBinder.MOST_VALUES, least);
    section.close();
    if (from.isEmpty() || to.isEmpty() || counted.isEmpty()) {
      return Optional.empty();
    }
    Range range = new Range(from.get(), to.get(), count, logarithmic, whole);
    return range.sound(section) ? Optional.of(range.values(random, path)) : Optional.empty();
  }

  private static Optional<Double> bound(Section section, String key) {
    Optional<Found> found = section.find(key);
    if (found.isEmpty()) {
      missing(section, key);
    }
    return found.map(value -> section.real(key, value, ANY, 1));
  }

  private static void missing(Section section, String key) {
    section.problem(key, "is missing; a range has from, to and count", section.origin());
  }

  private final class Range {

    private final double from;
    private final double to;
    private final int count;
    private final boolean logarithmic;
    private final boolean whole;

    Range(double from, double to, int count, boolean logarithmic, boolean whole) {
      this.from = from;
      this.to = to;
      this.count = count;
      this.logarithmic = logarithmic;
      this.whole = whole;
    }

    boolean sound(Section section) {
      if (from >= to) {
        section.problem(
            "from",
            "the range is empty: from "
                + ShortestDecimal.of(from)
                + " is not below to "
                + ShortestDecimal.of(to),
            section.origin());
        return false;
      }
      if (logarithmic && from <= 0) {
        section.problem(
            "from",
            "a logarithmic range cannot begin at "
                + ShortestDecimal.of(from)
                + ": from must be above 0",
            section.origin());
        return false;
      }
      return true;
    }

    List<String> values(boolean random, String path) {
      Philox draws = Philox.keyed(seed, "study.axes." + path);
      Set<String> values = new LinkedHashSet<>();
      for (int i = 0; i < count; i++) {
        double share = random ? draws.unit(0, i) : (double) i / (count - 1);
        values.add(text(share, random));
      }
      return List.copyOf(values);
    }

    private String text(double share, boolean random) {
      double value;
      if (!random && (share == 0 || share == 1)) {
        value = share == 0 ? from : to;
      } else if (logarithmic) {
        // The exact library: the same values on every processor.
        double exponent =
            StrictMath.log(from) + share * (StrictMath.log(to) - StrictMath.log(from));
        value = rounded(StrictMath.exp(exponent), OTHER);
      } else {
        value = rounded((1 - share) * from + share * to, random ? OTHER : EVEN);
      }
      return ShortestDecimal.of((whole ? Math.rint(value) : clamped(value)) + 0.0);
    }

    private double clamped(double value) {
      return Math.max(from, Math.min(to, value));
    }

    private static double rounded(double value, MathContext digits) {
      return new BigDecimal(value).round(digits).doubleValue();
    }
  }
}
