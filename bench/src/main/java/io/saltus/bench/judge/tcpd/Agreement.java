package io.saltus.bench.judge.tcpd;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.TreeSet;

/**
 * How well change points agree with those of several annotators: the two measures of G. van den
 * Burg, C. Williams, "An evaluation of change point detection algorithms", arXiv:2003.06222 (2020),
 * §4.2.
 *
 * @param f1 with a margin of {@value #MARGIN} observations
 * @param covering in (0, 1]
 */
public record Agreement(double f1, double covering) {

  static final int MARGIN = 5;

  /**
   * Of one series. Position 0 counts as a change that all know of.
   *
   * @param found positions of change points, ascending, in (0, n)
   * @param annotations one list per annotator
   * @param n how many observations
   */
  public static Agreement of(List<Integer> found, Collection<List<Integer>> annotations, int n) {
    return new Agreement(f1(found, annotations), covering(found, annotations, n));
  }

  /**
   * Of precision and recall. What was found is right when anybody has marked it; of what each has
   * marked a part is found, and recall is the mean of those parts.
   */
  private static double f1(List<Integer> found, Collection<List<Integer>> annotations) {
    TreeSet<Integer> anybody = withZero(List.of());
    double recall = 0;
    TreeSet<Integer> ours = withZero(found);
    for (List<Integer> each : annotations) {
      TreeSet<Integer> theirs = withZero(each);
      anybody.addAll(theirs);
      recall += (double) matched(theirs, ours) / theirs.size() / annotations.size();
    }
    double precision = (double) matched(anybody, ours) / ours.size();
    return 2 * precision * recall / (precision + recall);
  }

  /** How many true positions have one of their own that was found near them. */
  private static int matched(TreeSet<Integer> truth, TreeSet<Integer> found) {
    TreeSet<Integer> left = new TreeSet<>(found);
    int count = 0;
    for (int position : truth) {
      Iterator<Integer> near =
          left.subSet(position - MARGIN, true, position + MARGIN, true).iterator();
      int best = Integer.MIN_VALUE;
      while (near.hasNext()) {
        int other = near.next();
        if (best == Integer.MIN_VALUE || Math.abs(other - position) < Math.abs(best - position)) {
          best = other;
        }
      }
      count += best != Integer.MIN_VALUE && left.remove(best) ? 1 : 0;
    }
    return count;
  }

  private static double covering(
      List<Integer> found, Collection<List<Integer>> annotations, int n) {
    double sum = 0;
    for (List<Integer> each : annotations) {
      sum += covered(ends(each, n), ends(found, n)) / n;
    }
    return sum / annotations.size();
  }

  /** Of each true segment its length times its greatest overlap with one that was found. */
  private static double covered(List<Integer> truth, List<Integer> found) {
    double sum = 0;
    for (int i = 1; i < truth.size(); i++) {
      double best = 0;
      for (int j = 1; j < found.size(); j++) {
        best =
            Math.max(best, overlap(truth.get(i - 1), truth.get(i), found.get(j - 1), found.get(j)));
      }
      sum += (truth.get(i) - truth.get(i - 1)) * best;
    }
    return sum;
  }

  /** What two segments share, as a part of what they hold together (P. Jaccard, 1912). */
  private static double overlap(int from, int until, int otherFrom, int otherUntil) {
    double shared = Math.max(0, Math.min(until, otherUntil) - Math.max(from, otherFrom));
    return shared / (until - from + otherUntil - otherFrom - shared);
  }

  private static TreeSet<Integer> withZero(List<Integer> positions) {
    TreeSet<Integer> all = new TreeSet<>(positions);
    all.add(0);
    return all;
  }

  /** The beginnings of the segments, and the end of the last one. */
  private static List<Integer> ends(List<Integer> positions, int n) {
    TreeSet<Integer> all = withZero(positions);
    all.add(n);
    return new ArrayList<>(all.headSet(n, true));
  }
}
