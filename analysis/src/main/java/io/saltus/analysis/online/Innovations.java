package io.saltus.analysis.online;

import java.util.Arrays;

/**
 * What each observation brings that its past does not explain, in units of its deviation and
 * clipped: from a growing series to what {@link Focus} assumes, independent values about 0 with
 * variance 1.
 *
 * <p>Why: on raw values a CuSum alarms on any drift, on correlated noise and on heavy tails.
 *
 * <p>How: a line in log(1 + step), fitted by least squares with exponential forgetting, is
 * subtracted; of the rest, which is taken for AR(1), the part predicted by its predecessor; what
 * remains is divided by its deviation and clipped at ±{@value #CLIP}. All three are learnt as it
 * goes, from clipped values: the deviation is the one for which the clipped values have variance 1
 * (Huber's proposal 2: P. Huber, "Robust Statistics", 1981, §6.4), so their variance is right
 * whatever the tails. They begin with a resistant line (J. Tukey, "Exploratory Data Analysis",
 * 1977) through the second half of the first {@value #WARM_UP} observations, and with the deviation
 * about it.
 *
 * <p>Cost: constant time, no allocation after the warm-up; memory of the warm-up.
 */
final class Innovations {

  static final int WARM_UP = 500;
  static final double CLIP = 3;

  /** Variance of a standard normal variable clipped at {@value #CLIP}. */
  private static final double CLIPPED_VARIANCE = 0.9950081;

  private static final double NORMAL_MEDIAN = 0.6744897501960817;

  /** Of the search for a deviation: the last ones move it by less than a thousandth. */
  private static final int TURNS = 20;

  /** The line remembers so many observations at most, and a quarter of the series. */
  private static final double LINE_MEMORY = 1000;

  private static final double PART_OF_SERIES = 0.25;
  private static final double SCALE_MEMORY = 2000;
  private static final double CORRELATION_MEMORY = 10_000;
  private static final double GREATEST_AR1 = 0.995;

  /** Larger values are taken for this: their squares would be infinite. */
  private static final double LARGEST = 1e100;

  private final double[] steps = new double[WARM_UP];
  private final double[] values = new double[WARM_UP];
  private long count;
  private final DriftLine line = new DriftLine();
  private double variance;
  private double floor;
  private double square;
  private double product;
  private double before;

  /**
   * Observes a value.
   *
   * @param step from 0, ascending
   * @param value one that is not finite is passed over
   * @return its innovation, in ±{@value #CLIP}; {@code NaN} in the warm-up and where it is passed
   *     over
   */
  double observe(double step, double value) {
    if (!isUsable(step, value)) {
      return Double.NaN;
    }
    double x = StrictMath.log(1 + step);
    double y = clip(value, LARGEST);
    count++;
    if (count > WARM_UP) {
      return learn(x, y);
    }
    steps[(int) count - 1] = x;
    values[(int) count - 1] = y;
    if (count == WARM_UP) {
      begin();
    }
    return Double.NaN;
  }

  /** Whether an observation is not passed over. */
  static boolean isUsable(double step, double value) {
    return Double.isFinite(value) && step >= 0 && step < Double.POSITIVE_INFINITY;
  }

  private double learn(double x, double y) {
    double expected = line.at(x);
    double rest = y - expected;
    double ar1 = ar1();
    double scale = Math.sqrt(variance);
    double innovation = clip((rest - ar1 * before) / scale, CLIP);
    double cleaned = ar1 * before + innovation * scale;
    line.add(x, expected + cleaned, 1 - 1 / lineMemory());
    double share = 1 / Math.min(CORRELATION_MEMORY, learnt());
    square += share * (cleaned * cleaned - square);
    product += share * (cleaned * before - product);
    double surprise = innovation * innovation / CLIPPED_VARIANCE - 1;
    variance = Math.max(floor, variance * (1 + surprise / Math.min(SCALE_MEMORY, learnt())));
    before = cleaned;
    return innovation;
  }

  /**
   * The correlation of neighbours. About a fitted line it comes out too small by about (2 + 4φ)/n
   * (about a mean by (1 + 3φ)/n: M. Kendall, Biometrika 41, 1954), and what correlation is left
   * adds up to alarms.
   */
  private double ar1() {
    if (!(square > 0)) {
      return 0;
    }
    double raw = Math.min(GREATEST_AR1, Math.max(0, product / square));
    double fitted = 2 * lineMemory();
    return Math.min(GREATEST_AR1, raw + (2 + 4 * raw) / fitted);
  }

  private double lineMemory() {
    return Math.min(LINE_MEMORY, PART_OF_SERIES * count);
  }

  /** How many observations the estimates come from. */
  private double learnt() {
    return count - WARM_UP / 2.0;
  }

  /** From the warm-up to the running estimates. */
  private void begin() {
    int from = WARM_UP / 2;
    ResistantLine resistant =
        ResistantLine.of(
            Arrays.copyOfRange(steps, from, WARM_UP), Arrays.copyOfRange(values, from, WARM_UP));
    double[] rests = new double[WARM_UP - from];
    for (int i = 0; i < rests.length; i++) {
      rests[i] = values[from + i] - resistant.at(steps[from + i]);
    }
    double least = leastDifference() / Math.sqrt(12);
    double digits = 1e-9 * Math.abs(resistant.at(steps[WARM_UP - 1]));
    floor = Math.max(Math.max(least * least, digits * digits), Double.MIN_NORMAL);
    double deviation = deviation(rests, Math.sqrt(floor));
    for (int i = 0; i < rests.length; i++) {
      double clipped = clip(rests[i], CLIP * deviation);
      line.add(steps[from + i], resistant.at(steps[from + i]) + clipped, 1 - 1 / lineMemory());
      square += clipped * clipped / rests.length;
      product += clipped * before / rests.length;
      before = clipped;
    }
    double[] innovations = new double[rests.length - 1];
    for (int i = 0; i < innovations.length; i++) {
      innovations[i] = rests[i + 1] - ar1() * rests[i];
    }
    double scale = deviation(innovations, Math.sqrt(floor));
    variance = scale * scale;
  }

  /**
   * The one for which the clipped values have variance 1, found from that by the median, which
   * alone is far too small for values of which half are equal.
   *
   * @param least nothing smaller is returned
   */
  private static double deviation(double[] rests, double least) {
    double[] sizes = new double[rests.length];
    for (int i = 0; i < rests.length; i++) {
      sizes[i] = Math.abs(rests[i]);
    }
    double deviation = Math.max(least, ResistantLine.median(sizes) / NORMAL_MEDIAN);
    for (int turn = 0; turn < TURNS; turn++) {
      double squares = 0;
      for (double rest : rests) {
        double clipped = clip(rest, CLIP * deviation);
        squares += clipped * clipped;
      }
      deviation = Math.max(least, Math.sqrt(squares / (CLIPPED_VARIANCE * rests.length)));
    }
    return deviation;
  }

  /** Between two different values of the warm-up; 0 when all are equal. */
  private double leastDifference() {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    double least = Double.POSITIVE_INFINITY;
    for (int i = 1; i < sorted.length; i++) {
      double difference = sorted[i] - sorted[i - 1];
      if (difference > 0) {
        least = Math.min(least, difference);
      }
    }
    return least == Double.POSITIVE_INFINITY ? 0 : least;
  }

  private static double clip(double value, double bound) {
    return Math.max(-bound, Math.min(bound, value));
  }

  /** Forgets everything. */
  void restart() {
    count = 0;
    line.clear();
    variance = 0;
    floor = 0;
    square = 0;
    product = 0;
    before = 0;
  }

  Innovations copy() {
    Innovations copy = new Innovations();
    System.arraycopy(steps, 0, copy.steps, 0, WARM_UP);
    System.arraycopy(values, 0, copy.values, 0, WARM_UP);
    copy.count = count;
    copy.line.takeFrom(line);
    copy.variance = variance;
    copy.floor = floor;
    copy.square = square;
    copy.product = product;
    copy.before = before;
    return copy;
  }

  boolean isSameAs(Innovations other) {
    int kept = (int) Math.min(count, WARM_UP);
    return count == other.count
        && Arrays.equals(steps, 0, kept, other.steps, 0, kept)
        && Arrays.equals(values, 0, kept, other.values, 0, kept)
        && line.isSameAs(other.line)
        && variance == other.variance
        && floor == other.floor
        && square == other.square
        && product == other.product
        && before == other.before;
  }
}
