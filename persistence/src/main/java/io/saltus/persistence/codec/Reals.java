package io.saltus.persistence.codec;

/**
 * Derived numbers as the bits of a double. Records take every NaN for the same, so there is one on
 * the wire, too: equal events give equal bytes.
 */
final class Reals {

  private Reals() {}

  static long write(double value) {
    return Double.doubleToLongBits(value);
  }

  /** The number of a field that must be there. */
  static double read(At at, String field, boolean present, long bits) {
    at.has(present, field);
    double value = Double.longBitsToDouble(bits);
    at.check(Double.doubleToLongBits(value) == bits, field, "is a NaN of its own");
    return value;
  }
}
