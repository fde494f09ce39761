package io.saltus.bench.judge.curves;

import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Function;

/** Kinds of labelled curves; a curve depends on kind, seed and number alone. */
enum Generator {
  SHARP("sharp sigmoid", true, WithJumps::sharp),
  ON_DRIFT("jump on power-law drift", true, WithJumps::onDrift),
  LOSS("sharp fall of a loss", true, WithJumps::loss),
  STAIRCASE("staircase", true, WithJumps::staircase),
  QUANTISED("quantised accuracy", true, WithJumps::quantised),
  CORRELATED("AR(1) noise, φ .9 to .99", true, WithJumps::correlated),
  HEAVY_TAILED("heavy tails (t₃)", true, WithJumps::heavyTailed),
  SPIKE("spike, as loss spike", true, WithJumps::spike),
  DOUBLE_DESCENT("double descent", true, WithJumps::doubleDescent),
  CONSTANT("constant", false, WithoutJumps::constant),
  DRIFT("power-law drift", false, WithoutJumps::drift),
  LOSS_DRIFT("power-law drift of a loss", false, WithoutJumps::lossDrift),
  GENTLE("gentle sigmoid", false, WithoutJumps::gentle),
  GENTLE_LOSS("gentle fall of a loss", false, WithoutJumps::gentleLoss),
  SMALL("small jump", false, WithoutJumps::small),
  QUANTISED_DRIFT("quantised accuracy, drift", false, WithoutJumps::quantised),
  CORRELATED_DRIFT("AR(1) noise on drift, φ .9 to .99", false, WithoutJumps::correlated),
  HEAVY_TAILED_DRIFT("heavy tails (t₃) on drift", false, WithoutJumps::heavyTailed);

  private static final int MOST_TRIES = 10_000;
  private static final long APART = 1_000_003;

  private final String words;
  private final boolean jumps;
  private final Function<Draw, Optional<LabelledCurve>> curves;

  Generator(String words, boolean jumps, Function<Draw, Optional<LabelledCurve>> curves) {
    this.words = words;
    this.jumps = jumps;
    this.curves = curves;
  }

  String words() {
    return words;
  }

  boolean hasJumps() {
    return jumps;
  }

  /** One curve: the first that is a clear case. */
  LabelledCurve curve(long seed, int number) {
    SplittableRandom random = new SplittableRandom((seed * APART + ordinal()) * APART + number);
    for (int tries = 0; tries < MOST_TRIES; tries++) {
      Optional<LabelledCurve> curve = curves.apply(new Draw(random.split()));
      if (curve.isPresent()) {
        return curve.get();
      }
    }
    throw new IllegalStateException(words + " draws no clear case");
  }
}
