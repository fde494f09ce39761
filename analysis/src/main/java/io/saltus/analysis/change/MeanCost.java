package io.saltus.analysis.change;

/** The squared errors about one mean per segment. */
record MeanCost(Moments moments) implements SegmentCost {

  @Override
  public int size() {
    return moments.size();
  }

  @Override
  public double of(int from, int until) {
    return moments.squares(from, until);
  }
}
