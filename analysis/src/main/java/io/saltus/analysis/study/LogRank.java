package io.saltus.analysis.study;

import io.saltus.analysis.study.KaplanMeier.Waiting;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Whether two groups of seeds take equally long to a level that some never reached: the log-rank
 * test of N. Mantel, "Evaluation of Survival Data and Two New Rank Order Statistics", Cancer
 * Chemotherapy Reports 50 (1966), with the hypergeometric variance.
 *
 * @param statistic χ² with one degree of freedom, from 0
 * @param p two-sided, by the normal approximation: rough below about five seeds in each group; 1
 *     where the groups cannot be compared, as when no seed reached the level
 */
public record LogRank(double statistic, double p) {

  /**
   * The test of two groups.
   *
   * @throws IllegalArgumentException when a group is empty
   */
  public static LogRank of(List<Waiting> one, List<Waiting> other) {
    if (one.isEmpty() || other.isEmpty()) {
      throw new IllegalArgumentException(one.size() + " and " + other.size() + " seeds");
    }
    TreeSet<Double> steps = new TreeSet<>();
    Stream.concat(one.stream(), other.stream())
        .filter(Waiting::reached)
        .forEach(seed -> steps.add(seed.step()));
    double excess = 0;
    double variance = 0;
    for (double step : steps) {
      double atRisk = atRisk(one, step) + atRisk(other, step);
      double share = atRisk(one, step) / atRisk;
      double reached = reached(one, step) + reached(other, step);
      excess += reached(one, step) - reached * share;
      if (atRisk > 1) {
        variance += reached * share * (1 - share) * (atRisk - reached) / (atRisk - 1);
      }
    }
    if (variance == 0) {
      return new LogRank(0, 1);
    }
    double statistic = excess * excess / variance;
    return new LogRank(statistic, 2 * Normal.below(-Math.sqrt(statistic)));
  }

  private static double atRisk(List<Waiting> group, double step) {
    return (double) group.stream().filter(seed -> seed.step() >= step).count();
  }

  private static double reached(List<Waiting> group, double step) {
    return (double) group.stream().filter(seed -> seed.reached() && seed.step() == step).count();
  }
}
