package io.saltus.analysis.change;

/**
 * The segmentation with the least sum of segment costs plus a penalty per change, for any cost that
 * adds up over segments. Exact.
 *
 * <p>Optimal partitioning (B. Jackson et al., IEEE Signal Processing Letters 12, 2005) with the
 * inequality pruning of PELT (R. Killick, P. Fearnhead, I. Eckley, JASA 107, 2012, Theorem 3.1).
 * With a least length the inequality speaks only of ends to which both parts are long enough, so a
 * candidate is dropped that many observations after it was found to be too dear.
 *
 * <p>Cost: time n² at worst, which is where there are few changes, n where they are dense; memory
 * n.
 */
final class OptimalPartitioning {

  /** Costs that differ by less than this, relative to the larger one, are equal: ties. */
  private static final double TIE = 1e-12;

  private OptimalPartitioning() {}

  /**
   * The best segmentation; of several the one with the fewest changes, then with the earliest last
   * one.
   *
   * @param penalty of each change, at least 0
   * @param minLength the least length of a segment, from 1; a series that is shorter is one segment
   */
  static Segmentation penalised(SegmentCost cost, double penalty, int minLength) {
    int n = cost.size();
    double[] best = new double[n + 1];
    int[] last = new int[n + 1];
    int[] changes = new int[n + 1];
    int[] candidates = new int[n + 1];
    int[] tooDearAt = new int[n + 1];
    int count = 0;
    for (int end = Math.min(minLength, n); end <= n; end++) {
      int entering = end - Math.min(minLength, n);
      if (entering == 0 || entering >= minLength) {
        candidates[count] = entering;
        tooDearAt[count++] = Integer.MAX_VALUE;
      }
      double least = Double.POSITIVE_INFINITY;
      double[] totals = new double[count];
      for (int i = 0; i < count; i++) {
        int from = candidates[i];
        double before = from == 0 ? 0 : best[from] + penalty;
        double total = before + cost.of(from, end);
        totals[i] = total;
        int cuts = from == 0 ? 0 : changes[from] + 1;
        double margin = TIE * Math.max(Math.abs(total), Math.abs(least));
        if (least == Double.POSITIVE_INFINITY
            || total < least - margin
            || (total <= least + margin
                && (cuts < changes[end] || (cuts == changes[end] && from < last[end])))) {
          least = total;
          last[end] = from;
          changes[end] = cuts;
        }
      }
      best[end] = least;
      double bound = least + penalty + cost.excess() + TIE * Math.abs(least);
      int kept = 0;
      for (int i = 0; i < count; i++) {
        if (tooDearAt[i] == Integer.MAX_VALUE && totals[i] > bound) {
          tooDearAt[i] = end;
        }
        if (tooDearAt[i] == Integer.MAX_VALUE || end - tooDearAt[i] < minLength - 1) {
          candidates[kept] = candidates[i];
          tooDearAt[kept++] = tooDearAt[i];
        }
      }
      count = kept;
    }
    return Traceback.segmentation(cost, Traceback.changePoints(last), penalty);
  }
}
