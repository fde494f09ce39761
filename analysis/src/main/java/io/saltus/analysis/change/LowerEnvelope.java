package io.saltus.analysis.change;

import java.util.List;

/**
 * Which of some {@link OpenLine}s costs least for each level at the last observation: pieces of the
 * real line, each with its owner. Of lines that cost the same the one that was taken first stays.
 */
final class LowerEnvelope {

  private double[] upper = new double[16];
  private OpenLine[] owner = new OpenLine[16];
  private int size;
  private double[] nextUpper = new double[16];
  private OpenLine[] nextOwner = new OpenLine[16];

  /** Where one line is cheaper than another: between two levels, or everywhere else. */
  private double low;

  private double high;
  private boolean inside;

  /** Leaves nothing. */
  void clear() {
    size = 0;
  }

  /**
   * Takes a line where it is cheaper than all before.
   *
   * @param tie by how much it must be cheaper, from 0
   */
  void take(OpenLine line, double tie) {
    if (size == 0) {
      upper[0] = Double.POSITIVE_INFINITY;
      owner[0] = line;
      size = 1;
      return;
    }
    if (!reaches(line, -tie, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY)) {
      return;
    }
    reserve(3 * size);
    int count = 0;
    double from = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < size; i++) {
      double until = upper[i];
      OpenLine mine = owner[i];
      compare(line, mine, tie);
      count = put(count, from, Math.min(until, low), inside ? mine : line);
      count = put(count, Math.max(from, low), Math.min(until, high), inside ? line : mine);
      count = put(count, Math.max(from, high), until, inside ? mine : line);
      from = until;
    }
    size = count;
    double[] bounds = upper;
    upper = nextUpper;
    nextUpper = bounds;
    OpenLine[] lines = owner;
    owner = nextOwner;
    nextOwner = lines;
  }

  /**
   * Whether a line costs, for some level at the last observation and some level that it may have at
   * its knot, at most so much more than the cheapest.
   *
   * @param margin above 0
   */
  boolean reaches(OpenLine line, double margin) {
    double tilt = line.startLean();
    if (tilt == 0) {
      // Behind one observation: the level at the knot is the same for every level here.
      double start = Math.max(line.startLow(), Math.min(line.startHigh(), line.start()));
      OpenLine held = start == line.start() ? line : line.startingAt(start);
      return reaches(held, margin, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
    }
    double one = line.level() + (line.startLow() - line.start()) / tilt;
    double two = line.level() + (line.startHigh() - line.start()) / tilt;
    return reaches(line, margin, Math.min(one, two), Math.max(one, two))
        || beyond(line, line.startLow(), margin, one, tilt > 0)
        || beyond(line, line.startHigh(), margin, two, tilt < 0);
  }

  private boolean beyond(OpenLine line, double start, double margin, double level, boolean below) {
    if (Double.isInfinite(start)) {
      return false;
    }
    OpenLine held = line.startingAt(start);
    return below
        ? reaches(held, margin, Double.NEGATIVE_INFINITY, level)
        : reaches(held, margin, level, Double.POSITIVE_INFINITY);
  }

  private boolean reaches(OpenLine line, double margin, double least, double most) {
    // The owner of the last piece, the flattest, says where to look at all.
    compare(line, owner[size - 1], -margin);
    double from = inside ? Math.max(least, low) : least;
    double end = inside ? Math.min(most, high) : most;
    for (int i = 0; i < size && from <= end; i++) {
      double until = Math.min(end, upper[i]);
      if (from <= until) {
        compare(line, owner[i], -margin);
        boolean overlaps =
            inside
                ? low < high && Math.max(from, low) <= Math.min(until, high)
                : from <= low || high <= until;
        if (overlaps) {
          return true;
        }
        from = until;
      }
    }
    return false;
  }

  /** Begins a line with a knot for each piece. */
  void breakInto(List<OpenLine> lines, int position, double penalty) {
    double from = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < size; i++) {
      lines.add(owner[i].broken(position, penalty, from, upper[i]));
      from = upper[i];
    }
  }

  /**
   * Finds the levels for which line + surcharge < other, the roots of a quadratic function of the
   * distance from the other's best level.
   */
  private void compare(OpenLine line, OpenLine other, double surcharge) {
    double bend = line.weight() - other.weight();
    double apart = line.level() - other.level();
    double dearer = line.least() - other.least() + surcharge;
    double pull = line.weight() * apart;
    double constant = dearer + pull * apart;
    // pull² − bend·constant, but without the terms that cancel.
    double discriminant = pull * other.weight() * apart - bend * dearer;
    if (bend == 0) {
      inside = true;
      double root = other.level() + constant / (2 * pull);
      low = pull > 0 ? root : Double.NEGATIVE_INFINITY;
      high = pull < 0 ? root : Double.POSITIVE_INFINITY;
      if (pull == 0 && constant >= 0) {
        high = low;
      }
      return;
    }
    inside = bend > 0;
    if (!(discriminant > 0)) {
      low = other.level();
      high = low;
      return;
    }
    double sum = pull + Math.copySign(Math.sqrt(discriminant), pull);
    double one = other.level() + sum / bend;
    double two = other.level() + constant / sum;
    low = Math.min(one, two);
    high = Math.max(one, two);
  }

  private int put(int count, double from, double until, OpenLine line) {
    if (!(from < until)) {
      return count;
    }
    if (count > 0 && nextOwner[count - 1] == line) {
      nextUpper[count - 1] = until;
      return count;
    }
    nextUpper[count] = until;
    nextOwner[count] = line;
    return count + 1;
  }

  private void reserve(int pieces) {
    if (nextUpper.length < pieces) {
      nextUpper = new double[2 * pieces];
      nextOwner = new OpenLine[2 * pieces];
    }
  }
}
