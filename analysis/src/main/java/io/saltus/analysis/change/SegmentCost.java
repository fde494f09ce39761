package io.saltus.analysis.change;

/** What a segment costs. */
interface SegmentCost {

  /** How many observations there are. */
  int size();

  /**
   * The cost of one segment.
   *
   * @param from its first position
   * @param until the position behind its last one
   */
  double of(int from, int until);

  /**
   * By how much two parts of any segment may cost more than the whole, penalties aside: at least
   * C(a, b) + C(b, c) − C(a, c) for all a, b, c. 0 for costs that are minimised likelihoods.
   */
  default double excess() {
    return 0;
  }
}
