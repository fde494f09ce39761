package io.saltus.experiment;

/**
 * The name of a run, unique in its home.
 *
 * @param value matches {@code [a-z0-9][a-z0-9._-]{0,62}}, so that it is safe as a file name, in a
 *     URL and in a persistence id
 */
public record RunId(String value) implements Comparable<RunId> {

  private static final int LONGEST = 63;

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
    // No pattern: homes have hundreds of thousands of them, and each that is read is checked.
    int length = value.length();
    boolean valid = length > 0 && length <= LONGEST && isAlphanumeric(value.charAt(0));
    for (int i = 1; valid && i < length; i++) {
      char each = value.charAt(i);
      valid = isAlphanumeric(each) || each == '.' || each == '_' || each == '-';
    }
    return valid;
  }

  private static boolean isAlphanumeric(char each) {
    return (each >= 'a' && each <= 'z') || (each >= '0' && each <= '9');
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
