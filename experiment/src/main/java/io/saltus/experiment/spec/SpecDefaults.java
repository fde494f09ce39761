package io.saltus.experiment.spec;

import io.saltus.experiment.Seeds;
import java.util.List;
import java.util.TreeMap;

/**
 * Defaults and bounds of the keys that every spec has. Defaults are left out of the spec digest, so
 * none may ever change.
 */
final class SpecDefaults {

  static final int BATCH_SIZE = 512;
  static final long MOST_BATCH_SIZE = 1_000_000;
  static final Sampling SAMPLING = Sampling.WITH_REPLACEMENT;
  static final long STEPS = 8000;
  static final long MOST_STEPS = 1_000_000_000_000L;
  static final long SEED = 1;

  /** The largest whole number that every reader of JSON keeps. */
  static final long MOST_SEED = (1L << 53) - 1;

  static final Seeds SEEDS = Seeds.of(SEED);
  static final List<UntilRule> UNTIL = List.of();
  static final int MOST_RULES = 16;
  static final Evaluation EVALUATE = new Evaluation(new Cadence.Every(1), new TreeMap<>());
  static final long MOST_PER_DECADE = 1000;
  static final long MOST_CHECKPOINTS = 1000;
  static final long MOST_OVERLAP = 1_000_000;
  static final Numerics NUMERICS = new Numerics(1, Numerics.Isa.NATIVE);
  static final long MOST_THREADS = 256;
  static final String DEVICE = "auto";

  /** So that a date and a random part can follow in the name of a run. */
  static final int LONGEST_EXPERIMENT = 48;

  private SpecDefaults() {}
}
