package io.saltus.persistence.projection;

import io.saltus.experiment.ShortestDecimal;
import io.saltus.experiment.metric.ColumnKind;
import io.saltus.experiment.metric.F32Column;
import io.saltus.experiment.metric.F64Column;
import io.saltus.experiment.metric.I64Column;
import io.saltus.experiment.metric.ScalarColumn;

/**
 * A number in the kind it was recorded in.
 *
 * @param kind {@code F32}, {@code F64} or {@code I64}
 * @param bits of the IEEE single (in the lower half) or double, or the integer itself
 */
public record Scalar(ColumnKind kind, long bits) {

  /**
   * @throws IllegalArgumentException when {@code kind} is no scalar kind, or the bits are too many
   */
  public Scalar {
    if (!kind.isScalar()) {
      throw new IllegalArgumentException("a " + kind + " is no number");
    }
    if (kind == ColumnKind.F32 && bits != Integer.toUnsignedLong((int) bits)) {
      throw new IllegalArgumentException("an F32 has 32 bits, not " + Long.toHexString(bits));
    }
  }

  /** The value of a column at a place, from 0. */
  public static Scalar of(ScalarColumn column, int place) {
    if (column instanceof F32Column f32) {
      return new Scalar(
          ColumnKind.F32, Integer.toUnsignedLong(Float.floatToRawIntBits(f32.value(place))));
    } else if (column instanceof F64Column f64) {
      return new Scalar(ColumnKind.F64, Double.doubleToRawLongBits(f64.value(place)));
    }
    return new Scalar(ColumnKind.I64, ((I64Column) column).value(place));
  }

  /** The value widened to a double, exact but for integers beyond 2^53. */
  public double asDouble() {
    return switch (kind) {
      case F32 -> Float.intBitsToFloat((int) bits);
      case F64 -> Double.longBitsToDouble(bits);
      default -> bits;
    };
  }

  /** The shortest text that reads back to the same value in its own kind. */
  public String text() {
    return switch (kind) {
      case F32 -> ShortestDecimal.of(Float.intBitsToFloat((int) bits));
      case F64 -> ShortestDecimal.of(Double.longBitsToDouble(bits));
      default -> Long.toString(bits);
    };
  }

  @Override
  public String toString() {
    return text();
  }
}
