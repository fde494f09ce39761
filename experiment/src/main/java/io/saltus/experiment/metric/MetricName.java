package io.saltus.experiment.metric;

/**
 * The name of a metric, such as {@code validation.accuracy}.
 *
 * @param value 1 to 120 of {@code a-z 0-9 . _ / -}, beginning with a letter; parts are separated by
 *     dots
 */
public record MetricName(String value) implements Comparable<MetricName> {

  private static final int LONGEST = 120;

  /** Updates per second. */
  public static final MetricName STEPS_PER_SECOND = new MetricName("steps-per-second");

  /** Seconds since an attempt began, of imported runs since their log does. */
  public static final MetricName WALL_SECONDS = new MetricName("wall-seconds");

  /**
   * @throws IllegalArgumentException when {@code value} has another shape
   */
  public MetricName {
    if (!isValid(value)) {
      throw new IllegalArgumentException(
          "a metric's name is 1 to 120 of a-z 0-9 . _ / - and begins with a letter, not '"
              + value
              + "'");
    }
  }

  /** Whether {@code value} can name a metric. */
  public static boolean isValid(String value) {
    if (value.isEmpty() || value.length() > LONGEST || !isLetter(value.charAt(0))) {
      return false;
    }
    // By hand: every column of every frame that is read has one.
    for (int place = 1; place < value.length(); place++) {
      char sign = value.charAt(place);
      if (!isLetter(sign) && !isDigit(sign) && "._/-".indexOf(sign) < 0) {
        return false;
      }
    }
    return true;
  }

  private static boolean isLetter(char sign) {
    return sign >= 'a' && sign <= 'z';
  }

  private static boolean isDigit(char sign) {
    return sign >= '0' && sign <= '9';
  }

  /** The accuracy of a named evaluation set. */
  public static MetricName accuracyOf(String set) {
    return new MetricName(set + ".accuracy");
  }

  /** The loss of a named evaluation set. */
  public static MetricName lossOf(String set) {
    return new MetricName(set + ".loss");
  }

  /** Whether this is an accuracy: a share from 0 to 1 whose crossings are reported. */
  public boolean isAccuracy() {
    return value.equals("accuracy") || value.endsWith(".accuracy");
  }

  /** Whether this is a loss: not negative, and less is better. */
  public boolean isLoss() {
    return value.equals("loss") || value.endsWith(".loss");
  }

  /** Whether this says how fast a machine was, which is no result and in no digest. */
  public boolean isTiming() {
    return equals(STEPS_PER_SECOND) || equals(WALL_SECONDS);
  }

  /** Byte order of the UTF-8 text, which for this alphabet is the order of its characters. */
  @Override
  public int compareTo(MetricName other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
