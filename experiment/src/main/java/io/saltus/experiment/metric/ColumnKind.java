package io.saltus.experiment.metric;

/** How the values of a metric are stored. */
public enum ColumnKind {
  /** One IEEE single per step. */
  F32,
  /** One IEEE double per step. */
  F64,
  /** One signed 64-bit integer per step. */
  I64,
  /** A fixed number of IEEE singles per step. */
  VECTOR,
  /** Counts between fixed edges per step. */
  HISTOGRAM,
  /** A content-addressed file per step. */
  ARTEFACT;

  /** Whether one number stands at each step. */
  public boolean isScalar() {
    return this == F32 || this == F64 || this == I64;
  }
}
