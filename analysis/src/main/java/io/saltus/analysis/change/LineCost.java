package io.saltus.analysis.change;

/**
 * The squared errors about a straight line per segment; the lines need not meet.
 *
 * <p>Why: for series that drift. The cost adds up over segments and cutting never raises it, so the
 * inequality of PELT is valid (R. Killick, P. Fearnhead, I. Eckley, JASA 107, 2012). Lines that
 * meet: {@link ContinuousSlopeChanges}.
 *
 * <p>Cost: constant time per segment.
 */
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
