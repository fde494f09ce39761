package io.saltus.analysis;

/**
 * Where the extremes of a stretch stand; -1 where there is none.
 *
 * @param least the earliest of the least values
 * @param greatest the earliest of the greatest values
 * @param notNumber the earliest NaN
 */
public record Extremes(int least, int greatest, int notNumber) {

  /** Those of the values from place {@code from} up to but not including {@code until}. */
  public static Extremes of(double[] values, int from, int until) {
    int least = -1;
    int greatest = -1;
    int notNumber = -1;
    for (int place = from; place < until; place++) {
      double value = values[place];
      if (Double.isNaN(value)) {
        notNumber = notNumber < 0 ? place : notNumber;
        continue;
      }
      least = least < 0 || value < values[least] ? place : least;
      greatest = greatest < 0 || value > values[greatest] ? place : greatest;
    }
    return new Extremes(least, greatest, notNumber);
  }
}
