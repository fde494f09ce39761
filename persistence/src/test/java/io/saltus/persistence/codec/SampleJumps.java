package io.saltus.persistence.codec;

import io.saltus.experiment.jump.Bootstrap;
import io.saltus.experiment.jump.ChangePoint;
import io.saltus.experiment.jump.Criterion;
import io.saltus.experiment.jump.Interval;
import io.saltus.experiment.jump.Jump;
import io.saltus.experiment.jump.JumpKind;
import io.saltus.experiment.jump.Sharp;
import io.saltus.experiment.jump.TestedSeries;
import java.util.List;
import java.util.Optional;

/** What an analysis finds, with every field set to something of its own. */
public final class SampleJumps {

  private SampleJumps() {}

  /** With a number everywhere. */
  public static Jump grokking() {
    return new Jump(
        "validation.accuracy",
        JumpKind.GROKKING,
        1100.5,
        1560.25,
        2300,
        new Interval(1050, 1150),
        new Interval(1540, 1580),
        new Interval(2200, 2400),
        0.03,
        0.99,
        0.96,
        new Interval(0.95, 0.97),
        0.32,
        new Interval(0.29, 0.35),
        Sharp.YES,
        false,
        false,
        true,
        Double.POSITIVE_INFINITY,
        0.004,
        0.001,
        0.0035,
        new Bootstrap(999, 50, -1),
        5.4,
        List.of(
            new Criterion("large", true, "it changes by 96 % of the range, 1"),
            new Criterion("sharp", true, "")),
        "validation rises long after training, \u00e0 la grokking");
  }

  /** With as few numbers as there can be. */
  public static Jump collapse() {
    return new Jump(
        "train.loss",
        JumpKind.COLLAPSE,
        Double.NaN,
        3000,
        Double.NaN,
        Interval.NONE,
        Interval.NONE,
        Interval.NONE,
        -0.0,
        Double.NaN,
        Double.NaN,
        Interval.NONE,
        Double.NaN,
        Interval.NONE,
        Sharp.UNCERTAIN,
        true,
        true,
        false,
        Double.NaN,
        Double.MIN_VALUE,
        Double.NaN,
        Double.NaN,
        new Bootstrap(0, 0, 0),
        Double.NaN,
        List.of(),
        "");
  }

  /** A find that is no jump. */
  public static ChangePoint changePoint() {
    return new ChangePoint(
        "train.loss",
        480.75,
        -0.5,
        new Interval(470, Double.POSITIVE_INFINITY),
        0.002,
        0.007,
        "not sharp: it takes 1.20 decades",
        List.of(new Criterion("sharp", false, "it takes 1.20 decades")));
  }

  /** A metric with a p-value. */
  public static TestedSeries tested() {
    return new TestedSeries(
        "validation.accuracy",
        0.001,
        0.0035,
        Optional.empty(),
        new Bootstrap(19_999, 50, Long.MIN_VALUE),
        0.004,
        0.95,
        151.5);
  }

  /** A metric without one. */
  public static TestedSeries untested() {
    return new TestedSeries(
        "train.loss",
        Double.NaN,
        Double.NaN,
        Optional.of("7 finite values at steps from 1"),
        new Bootstrap(0, 0, 1),
        0,
        0,
        0);
  }
}
