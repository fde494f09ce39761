package io.saltus.app.filter;

/** How a term compares. */
enum Operator {
  EQUAL,
  NOT_EQUAL,
  LESS,
  AT_MOST,
  GREATER,
  AT_LEAST;

  boolean isOrder() {
    return this != EQUAL && this != NOT_EQUAL;
  }

  /**
   * Whether this holds for the outcome of a comparison.
   *
   * @param sign below, at or above 0
   */
  boolean holds(int sign) {
    return switch (this) {
      case EQUAL -> sign == 0;
      case NOT_EQUAL -> sign != 0;
      case LESS -> sign < 0;
      case AT_MOST -> sign <= 0;
      case GREATER -> sign > 0;
      case AT_LEAST -> sign >= 0;
    };
  }
}
