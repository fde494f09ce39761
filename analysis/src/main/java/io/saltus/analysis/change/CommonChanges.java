package io.saltus.analysis.change;

import java.util.Arrays;
import java.util.List;

/**
 * Changes that several series have in common: the segmentation with the least sum, over the series,
 * of squared errors in units of each one's noise, plus a penalty per change. Exact.
 *
 * <p>Why: a change that is small in each series may be large in all of them together.
 *
 * <p>How: optimal partitioning with the inequality of PELT [1, Theorem 3.1], since the cost has as
 * many parameters per segment as there are series, too many for functional pruning.
 *
 * <p>Cost: time n² times series at worst, which is where there are few changes; memory n times
 * series.
 *
 * <p>[1] R. Killick, P. Fearnhead, I. Eckley, "Optimal detection of changepoints with a linear
 * computational cost", JASA 107 (2012).
 */
public final class CommonChanges {

  private final SummedCost cost;
  private final int minLength;

  private CommonChanges(SummedCost cost, int minLength) {
    this.cost = cost;
    this.minLength = minLength;
  }

  /**
   * The changes of some series.
   *
   * @param series at least one, all of the same length of at least one, all finite
   * @param variances of the noise of each series, above 0
   * @param minLength the least length of a segment, from 1
   * @throws IllegalArgumentException when a value is not finite or a number is out of its range
   */
  public static CommonChanges of(double[][] series, double[] variances, int minLength) {
    if (series.length == 0 || variances.length != series.length) {
      throw new IllegalArgumentException(
          "%d series and %d variances".formatted(series.length, variances.length));
    }
    Observations.checkLength(minLength);
    SegmentCost[] parts = new SegmentCost[series.length];
    for (int i = 0; i < series.length; i++) {
      if (series[i].length != series[0].length) {
        throw new IllegalArgumentException(
            "series %d has %d observations, series 0 has %d"
                .formatted(i, series[i].length, series[0].length));
      }
      if (!(variances[i] > 0 && variances[i] < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException("the variance of series " + i + " is " + variances[i]);
      }
      parts[i] = new MeanCost(new Moments(inDeviations(series[i], i, Math.sqrt(variances[i]))));
    }
    return new CommonChanges(new SummedCost(List.of(parts)), minLength);
  }

  private static double[] inDeviations(double[] values, int number, double deviation) {
    try {
      Observations.check(values);
      double centre = Observations.mean(values);
      double[] scaled = Arrays.stream(values).map(value -> (value - centre) / deviation).toArray();
      Observations.check(scaled);
      return scaled;
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("series " + number + ": " + e.getMessage(), e);
    }
  }

  /**
   * The penalty when nobody says otherwise: d + 2√(d·x) + 2x with d series and x = 2·log n, which a
   * χ² variable with d degrees of freedom exceeds with probability n⁻² at most (B. Laurent, P.
   * Massart, Annals of Statistics 28, 2000, Lemma 1).
   */
  public double defaultPenalty() {
    double d = cost.parts().size();
    double x = 2 * Math.log(Math.max(2, cost.size()));
    return d + 2 * Math.sqrt(d * x) + 2 * x;
  }

  /**
   * The segmentation whose costs and penalties are least. Of several, the one with the fewest
   * changes, then with the earliest last one.
   *
   * @param penalty of each change, at least 0 and finite
   */
  public Segmentation penalised(double penalty) {
    Observations.checkPenalty(penalty);
    return OptimalPartitioning.penalised(cost, penalty, minLength);
  }

  /** What a segment costs in all series together. */
  private record SummedCost(List<SegmentCost> parts) implements SegmentCost {

    @Override
    public int size() {
      return parts.get(0).size();
    }

    @Override
    public double of(int from, int until) {
      double sum = 0;
      for (SegmentCost part : parts) {
        sum += part.of(from, until);
      }
      return sum;
    }
  }
}
