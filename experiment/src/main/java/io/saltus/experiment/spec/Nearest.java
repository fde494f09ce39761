package io.saltus.experiment.spec;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/**
 * Finds the known name that an unknown one was probably meant to be.
 *
 * <p>Distance: optimal string alignment, that is insertions, deletions, substitutions and swaps of
 * neighbours (F. Damerau, "A technique for computer detection and correction of spelling errors",
 * 1964; restricted form).
 */
public final class Nearest {

  private static final int LONGEST = 80;

  private Nearest() {}

  /**
   * The nearest known name, unless all are too far to be a slip: more than a third of its length.
   */
  public static Optional<String> to(String unknown, Collection<String> known) {
    if (unknown.length() > LONGEST) {
      return Optional.empty();
    }
    return known.stream()
        .filter(name -> distance(unknown, name) <= allowance(unknown, name))
        .min(
            Comparator.<String>comparingInt(name -> distance(unknown, name))
                .thenComparing(Comparator.naturalOrder()));
  }

  private static int allowance(String unknown, String name) {
    if (name.startsWith(unknown) && unknown.length() >= 3) {
      return name.length();
    }
    return Math.max(1, Math.max(unknown.length(), name.length()) / 3);
  }

  static int distance(String a, String b) {
    int[][] d = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      d[i][0] = i;
    }
    for (int j = 0; j <= b.length(); j++) {
      d[0][j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      for (int j = 1; j <= b.length(); j++) {
        int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        d[i][j] = Math.min(Math.min(d[i - 1][j], d[i][j - 1]) + 1, d[i - 1][j - 1] + change);
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
        }
      }
    }
    return d[a.length()][b.length()];
  }
}
