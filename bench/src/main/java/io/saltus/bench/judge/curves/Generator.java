package io.saltus.bench.judge.curves;

import java.util.Optional;
import java.util.SplittableRandom;

/** Kinds of labelled curves; a curve depends on kind, seed and number alone. */
enum Generator {
  SHARP("sharp sigmoid", true),
  ON_DRIFT("jump on power-law drift", true),
  LOSS("sharp fall of a loss", true),
  STAIRCASE("staircase", true),
  QUANTISED("quantised accuracy", true),
  CORRELATED("AR(1) noise, φ .9 to .99", true),
  HEAVY_TAILED("heavy tails (t₃)", true),
  SPIKE("spike, as loss spike", true),
  DOUBLE_DESCENT("double descent", true),
  CONSTANT("constant", false),
  DRIFT("power-law drift", false),
  LOSS_DRIFT("power-law drift of a loss", false),
  GENTLE("gentle sigmoid", false),
  GENTLE_LOSS("gentle fall of a loss", false),
  SMALL("small jump", false),
  QUANTISED_DRIFT("quantised accuracy, drift", false),
  CORRELATED_DRIFT("AR(1) noise on drift, φ .9 to .99", false),
  HEAVY_TAILED_DRIFT("heavy tails (t₃) on drift", false);

  private static final int MOST_TRIES = 10_000;
  private static final long APART = 1_000_003;

  private final String words;
  private final boolean jumps;

  Generator(String words, boolean jumps) {
    this.words = words;
    this.jumps = jumps;
  }

  String words() {
    return words;
  }

  boolean hasJumps() {
    return jumps;
  }

  /** One curve: the first that is a clear case. */
  LabelledCurve curve(long seed, int number) {
    SplittableRandom random =
        new SplittableRandom((seed * APART + name().hashCode()) * APART + number);
    for (int tries = 0; tries < MOST_TRIES; tries++) {
      Optional<LabelledCurve> curve = draw(new Draw(random.split()));
      if (curve.isPresent()) {
        return curve.get();
      }
    }
    throw new IllegalStateException(words + " draws no clear case");
  }

  private Optional<LabelledCurve> draw(Draw draw) {
    return switch (this) {
      case SHARP -> WithJumps.sharp(draw);
      case ON_DRIFT -> WithJumps.onDrift(draw);
      case LOSS -> WithJumps.loss(draw);
      case STAIRCASE -> WithJumps.staircase(draw);
      case QUANTISED -> WithJumps.quantised(draw);
      case CORRELATED -> WithJumps.correlated(draw);
      case HEAVY_TAILED -> WithJumps.heavyTailed(draw);
      case SPIKE -> WithJumps.spike(draw);
      case DOUBLE_DESCENT -> WithJumps.doubleDescent(draw);
      case CONSTANT -> WithoutJumps.constant(draw);
      case DRIFT -> WithoutJumps.drift(draw);
      case LOSS_DRIFT -> WithoutJumps.lossDrift(draw);
      case GENTLE -> WithoutJumps.gentle(draw);
      case GENTLE_LOSS -> WithoutJumps.gentleLoss(draw);
      case SMALL -> WithoutJumps.small(draw);
      case QUANTISED_DRIFT -> WithoutJumps.quantised(draw);
      case CORRELATED_DRIFT -> WithoutJumps.correlated(draw);
      case HEAVY_TAILED_DRIFT -> WithoutJumps.heavyTailed(draw);
    };
  }
}
