package io.saltus.analysis.change;

import java.util.ArrayList;
import java.util.List;

/**
 * A cost on a grid: every so many observations count as one. Changes found there are then moved,
 * each between its neighbours, to where the cost is least. For series that are too long for a
 * search whose time grows with the square of their length; not exact, since a change that lies
 * within one cell of another is not seen.
 */
final class Coarsened implements SegmentCost {

  private static final int PASSES = 2;

  private final SegmentCost fine;
  private final int cell;

  /**
   * @param cell how many observations count as one, from 1
   */
  Coarsened(SegmentCost fine, int cell) {
    this.fine = fine;
    this.cell = cell;
  }

  @Override
  public int size() {
    return (fine.size() + cell - 1) / cell;
  }

  @Override
  public double of(int from, int until) {
    return fine.of(from * cell, Math.min(fine.size(), until * cell));
  }

  @Override
  public double excess() {
    return fine.excess();
  }

  /** The least length of a segment in cells. */
  int cells(int minLength) {
    return Math.max(1, (int) ((minLength - 1L + cell) / cell));
  }

  /**
   * The changes in observations, moved to where the cost is least.
   *
   * @param found in cells
   * @param penalty of each change
   */
  Segmentation refined(Segmentation found, double penalty, int minLength) {
    if (cell == 1) {
      // Exact already: moving could only trade one rounding for another.
      return found;
    }
    List<Integer> positions = new ArrayList<>();
    found.changePoints().forEach(position -> positions.add(position * cell));
    do {
      for (int pass = 0; pass < PASSES; pass++) {
        for (int i = 0; i < positions.size(); i++) {
          positions.set(
              i, moved(before(positions, i), positions.get(i), behind(positions, i), minLength));
        }
      }
    } while (merged(positions, penalty, minLength));
    return Traceback.segmentation(fine, positions, penalty);
  }

  /**
   * A step in the middle of a cell may have been given a change on either side of it. Where one
   * change, or none, does as well as two neighbours but for a penalty, it takes their place.
   */
  private boolean merged(List<Integer> positions, double penalty, int minLength) {
    for (int i = 0; i < positions.size(); i++) {
      int from = before(positions, i);
      int position = positions.get(i);
      int next = behind(positions, i);
      if (fine.of(from, next) <= cut(from, position, next) + penalty) {
        positions.remove(i);
        return true;
      }
      if (i + 1 < positions.size()) {
        int until = behind(positions, i + 1);
        int alone = moved(from, position, until, minLength);
        double both = fine.of(from, position) + cut(position, next, until);
        if (cut(from, alone, until) <= both + penalty) {
          positions.remove(i + 1);
          positions.set(i, alone);
          return true;
        }
      }
    }
    return false;
  }

  private double cut(int from, int position, int until) {
    return fine.of(from, position) + fine.of(position, until);
  }

  private static int before(List<Integer> positions, int i) {
    return i == 0 ? 0 : positions.get(i - 1);
  }

  private int behind(List<Integer> positions, int i) {
    return i == positions.size() - 1 ? fine.size() : positions.get(i + 1);
  }

  private int moved(int from, int position, int until, int minLength) {
    int best = position;
    // The last cell may hold less than the least length.
    boolean longEnough = position - from >= minLength && until - position >= minLength;
    double least =
        longEnough ? fine.of(from, position) + fine.of(position, until) : Double.POSITIVE_INFINITY;
    for (int other = from + minLength; other <= until - minLength; other++) {
      double cost = fine.of(from, other) + fine.of(other, until);
      if (cost < least) {
        least = cost;
        best = other;
      }
    }
    return best;
  }
}
