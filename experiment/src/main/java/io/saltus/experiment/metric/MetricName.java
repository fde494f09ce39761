package io.saltus.experiment.metric;

import java.util.regex.Pattern;

/**
 * The name of a metric, such as {@code validation.accuracy}.
 *
 * @param value 1 to 120 of {@code a-z 0-9 . _ / -}, beginning with a letter; parts are separated by
 *     dots
 */
public record MetricName(String value) implements Comparable<MetricName> {

  private static final Pattern SHAPE = Pattern.compile("[a-z][a-z0-9._/-]{0,119}");

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
    return SHAPE.matcher(value).matches();
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
