package io.saltus.bench.judge.ground;

import java.util.Locale;

/**
 * So many of so many, with the interval of E. Wilson, "Probable inference, the law of succession,
 * and statistical inference", JASA 22 (1927), which stays within [0, 1] and is right also near its
 * ends.
 */
public record Proportion(long hits, long of) {

  /** The normal quantile of 97.5 %. */
  private static final double Z = 1.959963984540054;

  /** Refuses what is no part. */
  public Proportion {
    if (hits < 0 || hits > of) {
      throw new IllegalArgumentException(hits + " of " + of);
    }
  }

  /** The share; NaN of none. */
  public double value() {
    return (double) hits / of;
  }

  /** The lower end of its 95 % interval. */
  public double low() {
    return of == 0 ? 0 : Math.max(0, middle() - half());
  }

  /** The upper end of its 95 % interval. */
  public double high() {
    return of == 0 ? 1 : Math.min(1, middle() + half());
  }

  private double middle() {
    return (value() + Z * Z / (2 * of)) / (1 + Z * Z / of);
  }

  private double half() {
    double variance = value() * (1 - value()) / of + Z * Z / (4.0 * of * of);
    return Z * Math.sqrt(variance) / (1 + Z * Z / of);
  }

  /** The sum of both. */
  public Proportion and(Proportion other) {
    return new Proportion(hits + other.hits, of + other.of);
  }

  /** Such as {@code 0.975 [0.953, 0.987]}; a dash of none. */
  public String text() {
    return of == 0 ? "–" : String.format(Locale.ROOT, "%.3f [%.3f, %.3f]", value(), low(), high());
  }
}
