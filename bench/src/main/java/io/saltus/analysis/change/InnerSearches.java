package io.saltus.analysis.change;

/**
 * Searches that the library keeps to itself, for those who judge it: {@code auto} with other
 * numbers, and PELT with squared errors, which it never uses because functional pruning is faster.
 */
public final class InnerSearches {

  private InnerSearches() {}

  /**
   * The model {@code auto} with its three tuned numbers given.
   *
   * @param floor part of the total variance that is added to each segment's
   * @param penalty of a change, in log n
   * @param slope price of a line, in log n
   */
  public static Segmentation auto(double[] values, double floor, double penalty, double slope) {
    double log = Math.log(Math.max(2, values.length));
    return OptimalPartitioning.penalised(
        new MeanOrLineCost(new Moments(values), floor, slope * log),
        penalty * log,
        ChangeModel.AUTO.minLength());
  }

  /** Changes of the mean by optimal partitioning with the pruning of PELT. */
  public static Segmentation pelt(double[] values, double penalty) {
    return OptimalPartitioning.penalised(new MeanCost(new Moments(values)), penalty, 1);
  }
}
