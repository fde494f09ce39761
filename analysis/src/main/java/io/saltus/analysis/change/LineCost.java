package io.saltus.analysis.change;

/** The squared errors about a straight line per segment; the lines need not meet. */
record LineCost(Moments moments) implements SegmentCost {

  @Override
  public int size() {
    return moments.size();
  }

  @Override
  public double of(int from, int until) {
    return moments.squaresAboutLine(from, until);
  }
}
