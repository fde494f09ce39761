package io.saltus.bench.judge.curves;

import io.saltus.analysis.jump.MetricKind;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;

/** Curves without a jump: every call on them is false. */
final class WithoutJumps {

  private static final String NAME = "curve";

  private WithoutJumps() {}

  static Optional<LabelledCurve> constant(Draw draw) {
    double scale = Math.pow(10, draw.uniform(-3, 3));
    double level = scale * draw.uniform(-5, 5);
    Noise noise = Noise.of(scale * draw.uniform(0.003, 1), draw.ar1());
    return curve(draw, MetricKind.OTHER, draw.steps(), x -> level, noise);
  }

  static Optional<LabelledCurve> drift(Draw draw) {
    Noise noise = Noise.of(draw.uniform(0.003, 0.05), draw.ar1());
    return curve(draw, kind(draw), draw.steps(), powerLaw(draw), noise);
  }

  private static MetricKind kind(Draw draw) {
    return draw.chance(0.6) ? MetricKind.ACCURACY : MetricKind.OTHER;
  }

  /** From a level at step 1 to another at infinity; 10–90 % are 1.3 decades wide at least. */
  private static DoubleUnaryOperator powerLaw(Draw draw) {
    double end = draw.uniform(0.5, 0.95);
    double part = draw.uniform(0.3, 1) * end;
    double power = draw.uniform(0.1, 0.7);
    return x -> end - part * Math.pow(10, -power * x);
  }

  /** A straight line in both logarithms, or one that ends at a floor. */
  static Optional<LabelledCurve> lossDrift(Draw draw) {
    double level = draw.uniform(-0.5, 1);
    double power = draw.uniform(0.1, 0.8);
    double floor = draw.chance(0.5) ? 0 : Math.pow(10, level - draw.uniform(0.5, 2));
    Noise noise = Noise.of(draw.uniform(0.005, 0.06), draw.ar1());
    DoubleUnaryOperator drift = x -> Math.log10(Math.pow(10, level - power * x) + floor);
    return curve(draw, MetricKind.LOSS, draw.steps(), drift, noise);
  }

  static Optional<LabelledCurve> gentle(Draw draw) {
    double[] steps = draw.steps();
    double low = draw.uniform(0.02, 0.2);
    double size = draw.uniform(0.3, 0.95 - low);
    Rise rise = gentleRise(draw, steps, size);
    Noise noise = Noise.of(draw.uniform(0.003, 0.03), draw.ar1());
    return curve(draw, kind(draw), steps, x -> low + rise.at(x), noise);
  }

  static Optional<LabelledCurve> gentleLoss(Draw draw) {
    double[] steps = draw.steps();
    double level = draw.uniform(-0.5, 1);
    double power = draw.chance(0.5) ? 0 : draw.uniform(0.05, 0.3);
    Rise rise = gentleRise(draw, steps, -draw.uniform(0.4, 1.5));
    Noise noise = Noise.of(draw.uniform(0.005, 0.06), draw.ar1());
    DoubleUnaryOperator curve = x -> level - power * x + rise.at(x);
    return curve(draw, MetricKind.LOSS, steps, curve, noise);
  }

  /** No ramp: its corners are sharp, whatever its width. */
  private static Rise gentleRise(Draw draw, double[] steps, double size) {
    double last = Math.log10(steps[steps.length - 1]);
    Shape shape =
        List.of(Shape.LOGISTIC, Shape.GOMPERTZ, Shape.MIRRORED_GOMPERTZ, Shape.COSINE)
            .get(draw.random().nextInt(4));
    return new Rise(shape, draw.uniform(1.2, last - 0.5), draw.uniform(0.8, 1.8), size);
  }

  /** As sharp as can be, but a tenth of the range at most. */
  static Optional<LabelledCurve> small(Draw draw) {
    double[] steps = draw.steps();
    double last = Math.log10(steps[steps.length - 1]);
    double place = draw.uniform(1, last - 0.3);
    double width = draw.uniform(0.02, 0.35);
    if (draw.chance(0.6)) {
      double level = draw.uniform(0.1, 0.8);
      Rise rise = new Rise(draw.shape(), place, width, draw.uniform(0.03, 0.1));
      Noise noise = Noise.of(draw.uniform(0.001, 0.02), draw.ar1());
      return curve(draw, MetricKind.ACCURACY, steps, x -> level + rise.at(x), noise);
    }
    double power = draw.uniform(0.3, 0.8);
    double size = -draw.uniform(0.03, 0.15);
    Rise rise = new Rise(draw.shape(), place, width, size);
    Noise noise = Noise.of(draw.uniform(0.001, 0.02), draw.ar1());
    DoubleUnaryOperator curve = x -> 0.5 - power * x + rise.at(x);
    Scene scene = new Scene(MetricKind.LOSS, steps, curve, List.of(), noise);
    return new Definition(scene).isSmall(place, size) ? curve(draw, scene) : Optional.empty();
  }

  static Optional<LabelledCurve> quantised(Draw draw) {
    int evaluated = (int) draw.pick(100, 250, 1_000, 5_000);
    Noise noise =
        draw.chance(0.5)
            ? Noise.counted(evaluated)
            : Noise.rounded(draw.uniform(0.0005, 0.02), draw.ar1(), evaluated);
    // Some saturate, so that most values are equal.
    double end = draw.chance(0.5) ? 1 - draw.uniform(0, 0.5) / evaluated : draw.uniform(0.4, 0.9);
    double part = draw.uniform(0.1, 0.9) * end;
    double power = draw.uniform(0.1, 0.7);
    DoubleUnaryOperator drift = x -> end - part * Math.pow(10, -power * x);
    return curve(draw, MetricKind.ACCURACY, draw.steps(), drift, noise);
  }

  static Optional<LabelledCurve> correlated(Draw draw) {
    double ar1 = draw.pick(0.9, 0.97, 0.99);
    int least = (int) (120 * (1 + ar1) / (1 - ar1));
    double[] steps = Draw.every(1, draw.random().nextInt(least, 2 * least));
    Noise noise = Noise.of(draw.uniform(0.003, 0.05), ar1);
    return curve(draw, kind(draw), steps, powerLaw(draw), noise);
  }

  static Optional<LabelledCurve> heavyTailed(Draw draw) {
    Noise noise = Noise.heavy(draw.uniform(0.003, 0.05), draw.ar1());
    return curve(draw, kind(draw), draw.steps(), powerLaw(draw), noise);
  }

  private static Optional<LabelledCurve> curve(
      Draw draw, MetricKind kind, double[] steps, DoubleUnaryOperator level, Noise noise) {
    return curve(draw, new Scene(kind, steps, level, List.of(), noise));
  }

  private static Optional<LabelledCurve> curve(Draw draw, Scene scene) {
    return Optional.of(new LabelledCurve(scene.series(NAME, draw.random()), List.of(), List.of()));
  }
}
