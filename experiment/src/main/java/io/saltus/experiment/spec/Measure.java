package io.saltus.experiment.spec;

import io.saltus.experiment.metric.MetricName;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** A number that a run gives, from what it recorded. */
public sealed interface Measure {

  /**
   * A level of a metric.
   *
   * @param metric a recorded scalar
   * @param take which of its values
   */
  record Level(MetricName metric, Take take) implements Measure {}

  /** Which of the values of a metric counts. */
  enum Take {
    /** The last one. */
    LAST,
    /** The greatest. */
    MAX,
    /** The smallest. */
    MIN
  }

  /**
   * The value of a metric at the moment at which a metric, often another one, crosses a level.
   *
   * @param metric whose value is taken: the last one that was recorded at or before the crossing
   * @param crossing when
   */
  record LevelAt(MetricName metric, Crossing crossing) implements Measure {}

  /**
   * The first step of a sustained crossing.
   *
   * @param metric a recorded scalar
   * @param bound whether it reaches the level from below or falls to it
   * @param level finite
   * @param forSteps how many steps the values must keep to the bound, at least 1; empty: to the end
   *     of the run, by the median of five values
   */
  record Crossing(MetricName metric, UntilRule.Bound bound, double level, OptionalLong forSteps)
      implements Measure {}

  /**
   * The step of one crossing as a multiple of that of another.
   *
   * @param crossing the numerator
   * @param other the denominator
   */
  record Ratio(Crossing crossing, Crossing other) implements Measure {}

  /** The crossing whose step this is; empty for levels and ratios. */
  default Optional<Crossing> asCrossing() {
    return this instanceof Crossing crossing ? Optional.of(crossing) : Optional.empty();
  }

  /** The metrics that it is made of. */
  default List<MetricName> metrics() {
    if (this instanceof Level level) {
      return List.of(level.metric());
    }
    if (this instanceof LevelAt at) {
      return List.of(at.metric(), at.crossing().metric());
    }
    if (this instanceof Ratio ratio) {
      return List.of(ratio.crossing().metric(), ratio.other().metric());
    }
    return asCrossing().map(crossing -> List.of(crossing.metric())).orElse(List.of());
  }
}
