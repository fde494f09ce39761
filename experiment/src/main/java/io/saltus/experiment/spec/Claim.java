package io.saltus.experiment.spec;

import io.saltus.experiment.jump.JumpKind;
import io.saltus.experiment.metric.MetricName;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** What an expectation says. */
public sealed interface Claim {

  /**
   * A measure of each run lies between two bounds.
   *
   * @param measure what is measured
   * @param bounds at least one of the two
   */
  record Within(Measure measure, Bounds bounds) implements Claim {}

  /**
   * A crossing does not happen.
   *
   * @param crossing which
   */
  record Never(Measure.Crossing crossing) implements Claim {}

  /**
   * A measure is ordered along an axis: it never turns from one value to the next, and the last
   * value's is not the first's.
   *
   * @param measure what is measured; a step that is never reached comes after all others
   * @param axis the path of the axis, in the order in which its values are listed
   * @param order which way
   */
  record Ordered(Measure measure, String axis, Order order) implements Claim {}

  /** Which way a measure goes along an axis. */
  enum Order {
    /** Down. */
    FALLING,
    /** Up. */
    RISING
  }

  /**
   * A measure at one value of an axis, minus that at another, lies between two bounds.
   *
   * @param measure what is measured
   * @param axis the path of the axis
   * @param from the value, canonical, whose measure is subtracted
   * @param to the value, canonical, that it is subtracted from
   * @param bounds at least one of the two
   */
  record Differs(Measure measure, String axis, String from, String to, Bounds bounds)
      implements Claim {}

  /**
   * A jump of a metric is there, or is not.
   *
   * @param metric whose jump
   * @param kind of which kind; empty: of any
   * @param sharp whether it must be sharp, or must not be; empty: either
   * @param present whether it is there
   */
  record Jumps(MetricName metric, Optional<JumpKind> kind, Optional<Boolean> sharp, boolean present)
      implements Claim {}

  /**
   * Where a number must lie.
   *
   * @param atLeast the lower bound, itself allowed
   * @param atMost the upper bound, itself allowed
   */
  record Bounds(OptionalDouble atLeast, OptionalDouble atMost) {

    /** Refuses none, and bounds that nothing meets. */
    public Bounds {
      if (atLeast.isEmpty() && atMost.isEmpty()) {
        throw new IllegalArgumentException("no bound");
      }
      if (atLeast.orElse(Double.NEGATIVE_INFINITY) > atMost.orElse(Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException("bounds that nothing meets");
      }
    }

    /** Whether a number meets them; a NaN never does. */
    public boolean hold(double value) {
      return !Double.isNaN(value)
          && value >= atLeast.orElse(Double.NEGATIVE_INFINITY)
          && value <= atMost.orElse(Double.POSITIVE_INFINITY);
    }
  }

  /** The metrics that it speaks of. */
  default List<MetricName> metrics() {
    if (this instanceof Within within) {
      return within.measure().metrics();
    }
    if (this instanceof Never never) {
      return never.crossing().metrics();
    }
    if (this instanceof Ordered ordered) {
      return ordered.measure().metrics();
    }
    if (this instanceof Differs differs) {
      return differs.measure().metrics();
    }
    return this instanceof Jumps jumps ? List.of(jumps.metric()) : List.of();
  }
}
