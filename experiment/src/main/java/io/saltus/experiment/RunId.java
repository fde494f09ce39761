package io.saltus.experiment;

import java.util.regex.Pattern;

/**
 * The name of a run, unique in its home.
 *
 * @param value matches {@code [a-z0-9][a-z0-9._-]{0,62}}, so that it is safe as a file name, in a
 *     URL and in a persistence id
 */
public record RunId(String value) implements Comparable<RunId> {

  private static final Pattern SHAPE = Pattern.compile("[a-z0-9][a-z0-9._-]{0,62}");

  /**
   * @throws IllegalArgumentException when {@code value} has another shape
   */
  public RunId {
    if (!isValid(value)) {
      throw new IllegalArgumentException(
          "a run's name is 1 to 63 of a-z 0-9 . _ - and begins with a letter or digit, not '"
              + value
              + "'");
    }
  }

  /** Whether {@code value} can name a run. */
  public static boolean isValid(String value) {
    return SHAPE.matcher(value).matches();
  }

  @Override
  public int compareTo(RunId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
