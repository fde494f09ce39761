package io.saltus.analysis.change;

import java.util.List;

/**
 * Changes of the mean among outliers: the segmentation with the least sum of min((y − μ)², K²) plus
 * a penalty per change. Exact.
 *
 * <p>Why: with squared errors one wild value is worth two changes. Here no value costs more than
 * K², so that a run of fewer than 2·penalty/K² values is never worth a segment of its own, however
 * far away it lies.
 *
 * <p>How: functional pruning with the biweight loss [1, §3], on the pieces of {@link
 * PiecewiseMinimum}.
 *
 * <p>Cost: each observation cuts the pieces of the cost function in two places; about n log n time
 * on usual signals, n² at worst; memory n.
 *
 * <p>[1] P. Fearnhead, G. Rigaill, "Changepoint detection in the presence of outliers", JASA 114
 * (2019).
 */
public final class OutlierResistantChanges {

  private final double[] values;
  private final double bound;

  private OutlierResistantChanges(double[] values, double bound) {
    this.values = values;
    this.bound = bound;
  }

  /**
   * The changes of a series.
   *
   * @param values at least one, all finite; read in place and not kept
   * @param bound K, by how much a value may differ from its level before it counts as an outlier; 3
   *     deviations of the noise are usual; above 0 and finite
   * @throws IllegalArgumentException when a value is not finite or a number is out of its range
   */
  public static OutlierResistantChanges of(double[] values, double bound) {
    Observations.check(values);
    if (!(bound * bound >= Double.MIN_NORMAL && bound > 0)
        || !Double.isFinite(bound * bound * values.length)) {
      throw new IllegalArgumentException("the bound between noise and outliers is " + bound);
    }
    return new OutlierResistantChanges(values, bound);
  }

  /**
   * The segmentation whose bounded errors plus penalties are least. Of several, the one with the
   * fewest changes, then with the earliest last one.
   *
   * @param penalty of each change, at least 0 and finite; above K²/2, or every outlier may become a
   *     segment
   */
  public Segmentation penalised(double penalty) {
    Observations.checkPenalty(penalty);
    double centre = Observations.mean(values);
    int n = values.length;
    int[] last = new int[n + 1];
    PiecewiseMinimum open = new PiecewiseMinimum();
    open.enter(0, 0, 0);
    for (int end = 1; end <= n; end++) {
      open.addBounded(values[end - 1] - centre, bound);
      open.minimise(0, 0, 0);
      last[end] = open.bestCandidate();
      if (end < n) {
        open.enter(open.best() + penalty, end, open.bestChanges() + 1);
      }
    }
    List<Integer> positions = Traceback.changePoints(last);
    return new Segmentation(
        n, positions, Math.max(0, open.best() - penalty * positions.size()), open.best());
  }
}
