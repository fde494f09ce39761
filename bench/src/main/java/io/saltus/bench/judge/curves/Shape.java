package io.saltus.bench.judge.curves;

/**
 * Ways to rise from 0 to 1. The definition of a jump speaks of 10, 50 and 90 % crossings, not of a
 * curve, so a detector must not depend on the one that it fits.
 */
enum Shape {
  LOGISTIC {
    @Override
    double raw(double u) {
      return 1 / (1 + Math.exp(-u));
    }

    @Override
    double inverse(double level) {
      return Math.log(level / (1 - level));
    }
  },
  /** Sets in suddenly and ends slowly. */
  GOMPERTZ {
    @Override
    double raw(double u) {
      return Math.exp(-Math.exp(-u));
    }

    @Override
    double inverse(double level) {
      return -Math.log(-Math.log(level));
    }
  },
  /** Sets in slowly and ends suddenly. */
  MIRRORED_GOMPERTZ {
    @Override
    double raw(double u) {
      return -Math.expm1(-Math.exp(u));
    }

    @Override
    double inverse(double level) {
      return Math.log(-Math.log1p(-level));
    }
  },
  /** A straight line between two levels. */
  RAMP {
    @Override
    double raw(double u) {
      return Math.max(0, Math.min(1, u));
    }

    @Override
    double inverse(double level) {
      return level;
    }
  },
  /** Half a wave. */
  COSINE {
    @Override
    double raw(double u) {
      return (1 - Math.cos(Math.PI * Math.max(0, Math.min(1, u)))) / 2;
    }

    @Override
    double inverse(double level) {
      return Math.acos(1 - 2 * level) / Math.PI;
    }
  };

  abstract double raw(double u);

  abstract double inverse(double level);

  /**
   * The rise with its 50 % crossing at 0 and its 10 and 90 % crossings one apart.
   *
   * @param u in widths from the midpoint
   */
  double at(double u) {
    return raw(inverse(0.5) + u * (inverse(0.9) - inverse(0.1)));
  }

  /** Where {@link #at} has a level in (0, 1), in widths from the midpoint. */
  double crossing(double level) {
    return (inverse(level) - inverse(0.5)) / (inverse(0.9) - inverse(0.1));
  }
}
