package io.saltus.analysis.change;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** From what a search remembers to the segmentation that it found. */
final class Traceback {

  private Traceback() {}

  /**
   * Follows the last changes back to the beginning.
   *
   * @param last for each length of the beginning of the series its best last change, 0 for none
   */
  static List<Integer> changePoints(int[] last) {
    List<Integer> positions = new ArrayList<>();
    for (int end = last[last.length - 1]; end > 0; end = last[end]) {
      positions.add(end);
    }
    Collections.reverse(positions);
    return positions;
  }

  /**
   * Follows the last changes back through the levels.
   *
   * @param last per level, which is the number of changes, and length of the beginning
   */
  static List<Integer> changePoints(List<int[]> last) {
    List<Integer> positions = new ArrayList<>();
    int end = last.get(0).length - 1;
    for (int level = last.size() - 1; level > 0; level--) {
      end = last.get(level)[end];
      positions.add(end);
    }
    Collections.reverse(positions);
    return positions;
  }

  /**
   * Sums the costs of the segments anew: the sums that found them carry more rounding.
   *
   * @param penalty of each change
   */
  static Segmentation segmentation(SegmentCost cost, List<Integer> positions, double penalty) {
    double total = 0;
    int from = 0;
    for (int until : positions) {
      total += cost.of(from, until);
      from = until;
    }
    total += cost.of(from, cost.size());
    return new Segmentation(cost.size(), positions, total, total + penalty * positions.size());
  }
}
