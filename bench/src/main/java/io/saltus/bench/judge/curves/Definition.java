package io.saltus.bench.judge.curves;

import io.saltus.analysis.jump.MetricKind;
import io.saltus.bench.judge.ground.Sample;
import java.util.Arrays;

/**
 * What is a jump beyond doubt, and what is none, by the definition and on the curve without noise.
 * What is neither is not scored.
 *
 * <p>A jump: at least 30 % of the metric's range and 8 deviations, of single evaluations and of the
 * means of both plateaus; 0.35 decades wide at most; inside at least five times as steep as over
 * its width on either side; followed by a plateau; in a series worth a hundred independent
 * evaluations, so that there is a p-value. None: at most 10 % of the range, or at least 0.8 decades
 * wide.
 */
final class Definition {

  private static final double LARGE = 0.30;
  private static final double SMALL = 0.10;
  private static final double CLEAR = 8;
  private static final double SHARP = 0.35;
  private static final double STEEP = 5;
  private static final double LASTS = 0.2;
  private static final double LEAST_BESIDE = 10;
  private static final double LEAST_EFFECTIVE = 100;
  private static final double BEFORE = 2;
  private static final double AFTER = 1;
  private static final int GRID = 1_000;

  private final Scene scene;

  Definition(Scene scene) {
    this.scene = scene;
  }

  /** Whether all rises of a scene are jumps. */
  static boolean areJumps(Scene scene) {
    Definition definition = new Definition(scene);
    for (int k = 0; k < scene.rises().size(); k++) {
      if (!definition.isJump(k)) {
        return false;
      }
    }
    return definition.isWorthEnough();
  }

  boolean isWorthEnough() {
    double inflation = scene.noise().inflation();
    return scene.steps().length / (inflation * inflation) >= LEAST_EFFECTIVE;
  }

  /** Whether a rise of the scene is a jump. */
  boolean isJump(int k) {
    Rise rise = scene.rises().get(k);
    double from = k == 0 ? scene.first() : scene.rises().get(k - 1).end();
    double to = k + 1 == scene.rises().size() ? scene.last() : scene.rises().get(k + 1).onset();
    return rise.width() <= SHARP
        && Math.abs(rise.size()) >= LARGE * range(rise.midpoint(), true)
        && to - rise.end() >= LASTS
        && rise.onset() - from >= Math.min(LASTS, rise.width())
        && isClear(rise, from, to)
        && isSteep(rise);
  }

  private boolean isClear(Rise rise, double from, double to) {
    double noise =
        Math.max(
            scene.noise().deviationAt(scene.level(rise.onset() - rise.width())),
            scene.noise().deviationAt(scene.level(rise.end() + rise.width())));
    int fewest = Math.min(scene.evaluations(from, rise.onset()), scene.evaluations(rise.end(), to));
    double mean = noise * scene.noise().inflation() / Math.sqrt(fewest);
    return fewest >= LEAST_BESIDE && Math.abs(rise.size()) >= CLEAR * Math.max(noise, mean);
  }

  private boolean isSteep(Rise rise) {
    double inside = Math.abs(slope(rise.onset(), rise.end()));
    double before =
        Math.abs(slope(Math.max(scene.first(), rise.onset() - rise.width()), rise.onset()));
    double after = Math.abs(slope(rise.end(), Math.min(scene.last(), rise.end() + rise.width())));
    return inside >= STEEP * before && inside >= STEEP * after;
  }

  private double slope(double from, double until) {
    return (scene.level(until) - scene.level(from)) / (until - from);
  }

  /** Whether a change is so small beside all that the metric does that it is none. */
  boolean isSmall(double place, double size) {
    return Math.abs(size) <= SMALL * range(place, false);
  }

  /** Whether something of that size is large and clear of noise. */
  boolean stands(double place, double size) {
    return Math.abs(size) >= LARGE * range(place, true)
        && Math.abs(size) >= CLEAR * scene.noise().deviationAt(scene.level(place));
  }

  /**
   * Of an accuracy 1; else what lies between the 5 and 95 % quantiles of the levels from two
   * decades before to one after. Whether every evaluation counts the same in it or every part of a
   * decade is left open, so a jump has to be large in both.
   *
   * @param larger of the two, else the smaller
   */
  double range(double place, boolean larger) {
    if (scene.kind() == MetricKind.ACCURACY) {
      return 1;
    }
    double from = Math.max(scene.first(), place - BEFORE);
    double until = Math.min(scene.last(), place + AFTER);
    double[] even = new double[GRID];
    for (int i = 0; i < GRID; i++) {
      even[i] = scene.level(from + (until - from) * i / (GRID - 1));
    }
    double[] evaluated = new double[scene.steps().length];
    int count = 0;
    for (int i = 1; i < evaluated.length; i++) {
      double x = scene.place(i);
      if (x >= from && x <= until) {
        evaluated[count++] = scene.level(x);
      }
    }
    double one = spread(even);
    double other = spread(Arrays.copyOf(evaluated, count));
    return larger ? Math.max(one, other) : Math.min(one, other);
  }

  private static double spread(double[] levels) {
    Sample sample = Sample.of(levels);
    return sample.quantile(0.95) - sample.quantile(0.05);
  }
}
