package io.saltus.app.problem;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** The known names that an unknown one was perhaps meant to be. */
public final class Nearest {

  private static final int MOST_SHOWN = 3;

  private Nearest() {}

  /** {@code Did you mean a or b?}, or the empty text when nothing is near. */
  public static String question(String given, Collection<String> known) {
    List<String> near = to(given, known);
    return near.isEmpty() ? "" : "Did you mean " + String.join(" or ", near) + "?";
  }

  /** The nearest known names, best first: those that begin alike or are a few edits away. */
  public static List<String> to(String given, Collection<String> known) {
    int tolerated = Math.max(1, given.length() / 3);
    return known.stream()
        .filter(name -> distance(given, name) <= tolerated || begins(name, given))
        .sorted(
            Comparator.comparingInt((String name) -> distance(given, name))
                .thenComparing(Comparator.naturalOrder()))
        .limit(MOST_SHOWN)
        .toList();
  }

  private static boolean begins(String name, String given) {
    return given.length() >= 3 && name.startsWith(given);
  }

  /** Edits (insertions, deletions, replacements, swaps of neighbours) from one to the other. */
  static int distance(String a, String b) {
    int[][] cost = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        cost[i][j] = cheapest(a, b, cost, i, j);
      }
    }
    return cost[a.length()][b.length()];
  }

  private static int cheapest(String a, String b, int[][] cost, int i, int j) {
    if (i == 0 || j == 0) {
      return i + j;
    }
    boolean same = a.charAt(i - 1) == b.charAt(j - 1);
    int best = Math.min(cost[i - 1][j], cost[i][j - 1]) + 1;
    best = Math.min(best, cost[i - 1][j - 1] + (same ? 0 : 1));
    boolean swapped =
        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
    return swapped ? Math.min(best, cost[i - 2][j - 2] + 1) : best;
  }
}
