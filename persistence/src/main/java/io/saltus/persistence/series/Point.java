package io.saltus.persistence.series;

import io.saltus.persistence.projection.Scalar;

/** A value as it was recorded, at its step. */
public record Point(long step, Scalar value) {

  double number() {
    return value.asDouble();
  }
}
