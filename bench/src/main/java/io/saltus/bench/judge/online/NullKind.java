package io.saltus.bench.judge.online;

import io.saltus.bench.judge.ground.NoiseSource;
import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;

/** Series without a change, of deviation 1 but where counts are drawn. */
enum NullKind {
  NORMAL("normal", 0, false),
  HEAVY("t₃", 0, true),
  AR_50("AR(1), φ = .5", 0.5, false),
  AR_90("AR(1), φ = .9", 0.9, false),
  AR_99("AR(1), φ = .99", 0.99, false),
  ROUNDED("normal, rounded to 1.5σ", 0, false) {
    @Override
    double shown(double value, SplittableRandom random) {
      return 1.5 * Math.rint(value / 1.5);
    }
  },
  COUNTED("binomial, 500 at p = .996", 0, false) {
    @Override
    double shown(double value, SplittableRandom random) {
      // The noise is not used: misses are few, so the next one is drawn rather than each example.
      int misses = 0;
      double place = skip(random);
      while (place < EXAMPLES) {
        misses++;
        place += 1 + skip(random);
      }
      return (double) (EXAMPLES - misses) / EXAMPLES;
    }

    @Override
    double deviation() {
      return Math.sqrt(MISS * (1 - MISS) / EXAMPLES);
    }
  },
  POWER_LAW("normal on a power law", 0, false) {
    @Override
    double drift(int i, double power) {
      return 150 * Math.pow(i + 1.0, -power);
    }
  };

  private static final int EXAMPLES = 500;
  private static final double MISS = 0.004;

  private final String words;
  private final double ar1;
  private final boolean heavy;

  NullKind(String words, double ar1, boolean heavy) {
    this.words = words;
    this.ar1 = ar1;
    this.heavy = heavy;
  }

  String words() {
    return words;
  }

  double drift(int i, double power) {
    return 0;
  }

  double shown(double value, SplittableRandom random) {
    return value;
  }

  double deviation() {
    return 1;
  }

  /** How many examples go well until one is missed: geometric. */
  private static double skip(SplittableRandom random) {
    return Math.floor(Math.log(1 - random.nextDouble()) / Math.log1p(-MISS));
  }

  /** A series that is read from its beginning, value by value. */
  IntToDoubleFunction series(SplittableRandom random) {
    NoiseSource noise = new NoiseSource(random.split(), ar1, heavy);
    SplittableRandom other = random.split();
    double power = 0.2 + 0.6 * other.nextDouble();
    return i -> drift(i, power) + shown(noise.next(), other);
  }
}
