package io.saltus.experiment;

import java.util.regex.Pattern;

/**
 * The name of a study, unique in its home.
 *
 * @param value matches {@code [a-z0-9][a-z0-9._-]{0,53}}: a run's name with room for the numbers of
 *     the study's runs
 */
public record StudyId(String value) implements Comparable<StudyId> {

  private static final Pattern SHAPE = Pattern.compile("[a-z0-9][a-z0-9._-]{0,53}");

  /**
   * @throws IllegalArgumentException when {@code value} has another shape
   */
  public StudyId {
    if (!isValid(value)) {
      throw new IllegalArgumentException(
          "a study's name is 1 to 54 of a-z 0-9 . _ - and begins with a letter or digit, not '"
              + value
              + "'");
    }
  }

  /** Whether {@code value} can name a study. */
  public static boolean isValid(String value) {
    return SHAPE.matcher(value).matches();
  }

  /**
   * The name of one of its runs.
   *
   * @param number of the run, from 1 to 99,999,999
   */
  public RunId run(long number) {
    return new RunId(value + "." + number);
  }

  @Override
  public int compareTo(StudyId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
