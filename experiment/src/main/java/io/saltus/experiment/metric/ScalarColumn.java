package io.saltus.experiment.metric;

/** A column with one number per step. */
public sealed interface ScalarColumn extends Column permits F32Column, F64Column, I64Column {

  /** The value at a place, from 0, widened to a double (exact but for integers beyond 2^53). */
  double asDouble(int place);
}
