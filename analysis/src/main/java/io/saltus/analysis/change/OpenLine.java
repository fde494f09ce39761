package io.saltus.analysis.change;

import org.jspecify.annotations.Nullable;

/**
 * The least cost of the observations so far for one choice of knots, as a function of the level φ
 * of the broken line at the last observation: least + weight·(φ − level)². The line behind the last
 * knot is still open; for a given φ its slope is best at slope + lean·(φ − level), and any other
 * slope b costs slopeWeight·(b − that)² more.
 *
 * <p>The recursion is that of R. Maidstone, P. Fearnhead, A. Letchford (see {@link
 * ContinuousSlopeChanges}), written as a filter that sees one observation after the other instead
 * of with sums over segments: every term that is added to the least cost is a square, so that no
 * digits cancel.
 */
final class OpenLine {

  /**
   * A line that ended in a knot: what must be known to find its slope when the level at the knot
   * is.
   */
  record Closed(
      int knot, double level, double slope, double lean, int begun, @Nullable Closed before) {}

  private final int begun;
  private final int changes;
  private final @Nullable Closed before;
  private final double startLow;
  private final double startHigh;
  private double length;
  private double least;
  private double weight;
  private double level;
  private double slope;
  private double lean;
  private double slopeWeight;

  private OpenLine(
      int begun,
      int changes,
      @Nullable Closed before,
      double startLow,
      double startHigh,
      double least,
      double weight,
      double level) {
    this.begun = begun;
    this.changes = changes;
    this.before = before;
    this.startLow = startLow;
    this.startHigh = startHigh;
    this.least = least;
    this.weight = weight;
    this.level = level;
  }

  /** A line through the first observation. */
  static OpenLine first(double value) {
    return new OpenLine(
        0, 0, null, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, 0, 1, value);
  }

  /**
   * This line ends in a knot at the last observation, and another begins there.
   *
   * @param position of the last observation
   * @param low this line is only the cheapest if the knot is at this level or above it
   * @param high and at this one or below it
   */
  OpenLine broken(int position, double penalty, double low, double high) {
    return new OpenLine(
        position, changes + 1, closed(position), low, high, least + penalty, weight, level);
  }

  /** This line ends at the last observation. */
  Closed closed(int position) {
    return new Closed(position, level, slope, lean, begun, before);
  }

  /**
   * Goes on to the next observation.
   *
   * @param step from the last abscissa to its own, above 0
   */
  void observe(double step, double value) {
    length += step;
    // From the level at the last abscissa to that at the next, which is level + slope·step.
    double turned = 1 + lean * step;
    double stiffness = weight * step * step + slopeWeight * turned * turned;
    lean = (weight * step + slopeWeight * lean * turned) / stiffness;
    weight = weight * slopeWeight / stiffness;
    slopeWeight = stiffness;
    level += slope * step;
    // The observation.
    double off = value - level;
    double shift = off / (weight + 1);
    least += off * shift * weight;
    level += shift;
    slope += lean * shift;
    weight++;
  }

  /** The level at its knot when the level at the last observation is its own. */
  double start() {
    return level - slope * length;
  }

  /** Whether, at its best level, it costs at most so much and begins where it may. */
  boolean isLikely(double cost) {
    double start = start();
    return least <= cost && startLow <= start && start <= startHigh;
  }

  /** By how much that rises when the level at the last observation does. */
  double startLean() {
    return 1 - lean * length;
  }

  /**
   * A line that costs what this one costs with a given level at the knot, as a function of the
   * level at the last observation.
   */
  OpenLine startingAt(double given) {
    double price = slopeWeight / (length * length);
    double tilt = startLean();
    double gap = start() - given;
    // weight·u² + price·(gap + tilt·u)² for u = φ − level.
    double both = weight + price * tilt * tilt;
    double shift = -price * tilt * gap / both;
    return new OpenLine(
        begun,
        changes,
        before,
        given,
        given,
        least + price * gap * gap * weight / both,
        both,
        level + shift);
  }

  double startLow() {
    return startLow;
  }

  double startHigh() {
    return startHigh;
  }

  /** The position of its first knot. */
  int begun() {
    return begun;
  }

  /** How many changes there are. */
  int changes() {
    return changes;
  }

  double least() {
    return least;
  }

  double weight() {
    return weight;
  }

  double level() {
    return level;
  }
}
