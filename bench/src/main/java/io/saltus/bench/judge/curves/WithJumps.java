package io.saltus.bench.judge.curves;

import io.saltus.analysis.jump.MetricKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;

/** Curves with jumps. Each may draw one that is no clear case, and is then empty. */
final class WithJumps {

  private static final String NAME = "curve";
  private static final String HELD_OUT = "test.loss";

  private WithJumps() {}

  static Optional<LabelledCurve> sharp(Draw draw) {
    return flat(draw, draw.steps(), Noise.of(draw.uniform(0.003, 0.03), draw.ar1()));
  }

  static Optional<LabelledCurve> heavyTailed(Draw draw) {
    return flat(draw, draw.steps(), Noise.heavy(draw.uniform(0.003, 0.03), draw.ar1()));
  }

  static Optional<LabelledCurve> correlated(Draw draw) {
    double ar1 = draw.pick(0.9, 0.97, 0.99);
    int least = (int) (120 * (1 + ar1) / (1 - ar1));
    double[] steps = Draw.every(1, draw.random().nextInt(least, 2 * least));
    return flat(draw, steps, Noise.of(draw.uniform(0.003, 0.03), ar1));
  }

  static Optional<LabelledCurve> quantised(Draw draw) {
    int evaluated = (int) draw.pick(100, 250, 1_000, 5_000);
    Noise noise =
        draw.chance(0.5)
            ? Noise.counted(evaluated)
            : Noise.rounded(draw.uniform(0.001, 0.02), draw.ar1(), evaluated);
    double before = draw.uniform(0.01, 0.4);
    double size = draw.uniform(0.3, 0.99 - before);
    return oneRise(draw, MetricKind.ACCURACY, draw.steps(), x -> before, size, noise, true);
  }

  /** Two plateaus and nothing else, of an accuracy or of any other metric. */
  private static Optional<LabelledCurve> flat(Draw draw, double[] steps, Noise noise) {
    if (draw.chance(0.35)) {
      double scale = Math.pow(10, draw.uniform(-3, 3));
      double level = scale * draw.uniform(-5, 5);
      double size = scale * (draw.chance(0.5) ? 1 : -1);
      Noise scaled = new Noise(noise.deviation() * scale, noise.ar1(), noise.heavy(), 0, false);
      return oneRise(draw, MetricKind.OTHER, steps, x -> level, size, scaled, true);
    }
    double low = draw.uniform(0.05, 0.3);
    double size = draw.uniform(0.3, 0.9 - low);
    boolean falls = draw.chance(0.15);
    double before = falls ? low + size : low;
    return oneRise(
        draw, MetricKind.ACCURACY, steps, x -> before, falls ? -size : size, noise, true);
  }

  static Optional<LabelledCurve> onDrift(Draw draw) {
    double end = draw.uniform(0.2, 0.45);
    double part = draw.uniform(0.3, 0.9) * end;
    double power = draw.uniform(0.2, 0.7);
    double size = draw.uniform(0.3, 0.95 - end);
    Noise noise = Noise.of(draw.uniform(0.003, 0.03), draw.ar1());
    DoubleUnaryOperator drift = x -> end - part * Math.pow(10, -power * x);
    return oneRise(draw, MetricKind.ACCURACY, draw.steps(), drift, size, noise, false);
  }

  static Optional<LabelledCurve> loss(Draw draw) {
    double level = draw.uniform(-0.5, 1);
    double power = draw.chance(0.4) ? 0 : draw.uniform(0.03, 0.3);
    double size = draw.uniform(0.3, 1.5) * (draw.chance(0.15) ? 1 : -1);
    Noise noise = Noise.of(draw.uniform(0.005, 0.06), draw.ar1());
    return oneRise(
        draw, MetricKind.LOSS, draw.steps(), x -> level - power * x, size, noise, power == 0);
  }

  private static Optional<LabelledCurve> oneRise(
      Draw draw,
      MetricKind kind,
      double[] steps,
      DoubleUnaryOperator drift,
      double size,
      Noise noise,
      boolean levelsAreKnown) {
    double last = Math.log10(steps[steps.length - 1]);
    Rise rise = new Rise(draw.shape(), draw.uniform(1, last - 0.3), draw.uniform(0.02, 0.35), size);
    return labelled(draw, new Scene(kind, steps, drift, List.of(rise), noise), levelsAreKnown);
  }

  private static Optional<LabelledCurve> labelled(Draw draw, Scene scene, boolean levelsAreKnown) {
    if (!Definition.areJumps(scene)) {
      return Optional.empty();
    }
    List<Truth> truths = new ArrayList<>();
    double before = scene.level(scene.first() - 100);
    for (Rise rise : scene.rises()) {
      double delta = scene.value(before + rise.size()) - scene.value(before);
      truths.add(Truth.of(rise, levelsAreKnown ? delta : Double.NaN));
      before += rise.size();
    }
    return Optional.of(new LabelledCurve(scene.series(NAME, draw.random()), truths, List.of()));
  }

  static Optional<LabelledCurve> staircase(Draw draw) {
    double[] steps = draw.steps();
    int count = draw.chance(0.5) ? 2 : 3;
    double last = Math.log10(steps[steps.length - 1]);
    double width = draw.uniform(0.05, 0.3);
    List<Rise> rises = new ArrayList<>();
    double place = draw.uniform(1, 2);
    for (int k = 0; k < count; k++) {
      rises.add(new Rise(draw.shape(), place, width, draw.uniform(0.3, 0.93 / count)));
      place += draw.uniform(0.5 + width, Math.max(1, last / count));
    }
    Noise noise = Noise.of(draw.uniform(0.003, 0.03), draw.ar1());
    return labelled(draw, new Scene(MetricKind.ACCURACY, steps, x -> 0.04, rises, noise), true);
  }

  /** There and back again: a bump or a box, at least eight evaluations long. */
  static Optional<LabelledCurve> spike(Draw draw) {
    double[] steps = draw.steps();
    boolean isLoss = draw.chance(0.6);
    double power = isLoss ? draw.uniform(0, 0.2) : 0;
    double base = isLoss ? draw.uniform(-0.5, 0.5) : draw.uniform(0.75, 0.95);
    double size = isLoss ? draw.uniform(0.4, 1.5) : -draw.uniform(0.3, 0.6);
    Noise noise = Noise.of(draw.uniform(0.003, 0.03), draw.ar1());
    double last = Math.log10(steps[steps.length - 1]);
    double centre = draw.uniform(1.2, last - 0.4);
    double width = draw.uniform(0.03, 0.12);
    boolean isBox = draw.chance(0.5);
    DoubleUnaryOperator without = x -> base - power * x;
    DoubleUnaryOperator level =
        x -> without.applyAsDouble(x) + size * bump((x - centre) / width, isBox);
    MetricKind kind = isLoss ? MetricKind.LOSS : MetricKind.ACCURACY;
    Scene scene = new Scene(kind, steps, level, List.of(), noise);
    Definition definition = new Definition(scene);
    boolean seen = scene.evaluations(centre - width / 2, centre + width / 2) >= 8;
    if (!seen || !definition.isWorthEnough() || !definition.stands(centre, size)) {
      return Optional.empty();
    }
    return Optional.of(
        new LabelledCurve(
            scene.series(NAME, draw.random()), List.of(Truth.spike(centre)), List.of()));
  }

  /** At half of its height as wide as 1. */
  private static double bump(double u, boolean isBox) {
    return isBox ? (Math.abs(u) <= 0.5 ? 1 : 0) : Math.pow(2, -4 * u * u);
  }

  /** The rise of the error is the jump; the two falls beside it are what makes its kind. */
  static Optional<LabelledCurve> doubleDescent(Draw draw) {
    double[] steps = draw.steps();
    double width = draw.uniform(0.1, 0.35);
    double apart = draw.uniform(0.45 + width, 0.8 + width);
    double middle = draw.uniform(1 + apart, 2.6);
    double up = draw.uniform(0.3, 1);
    List<Rise> rises =
        List.of(
            new Rise(draw.shape(), middle - apart, width, -draw.uniform(0.6, 1.6) * up),
            new Rise(draw.shape(), middle, width, up),
            new Rise(draw.shape(), middle + apart, width, -draw.uniform(0.8, 1.6) * up));
    Noise noise = Noise.of(draw.uniform(0.005, 0.04), draw.ar1());
    Scene scene = new Scene(MetricKind.LOSS, steps, x -> 0.2, rises, noise);
    Definition definition = new Definition(scene);
    if (!definition.isWorthEnough() || !definition.isJump(1)) {
      return Optional.empty();
    }
    return Optional.of(
        new LabelledCurve(
            scene.series(HELD_OUT, draw.random()),
            List.of(Truth.of(rises.get(1), Double.NaN)),
            List.of(rises.get(0).midpoint(), rises.get(2).midpoint())));
  }
}
