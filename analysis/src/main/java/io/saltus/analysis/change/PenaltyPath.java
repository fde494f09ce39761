package io.saltus.analysis.change;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.DoubleFunction;

/**
 * All segmentations that are best for some penalty of a range, from few changes to many.
 *
 * <p>Why: nobody knows the penalty; along the path one sees which changes are worth it, and the
 * number of changes may be chosen by a criterion that functional pruning does not allow as a
 * penalty.
 *
 * <p>How: CROPS [1]. The least penalised cost is concave and piecewise linear in the penalty;
 * between two penalties whose optima differ by more than one change it is searched where their
 * lines meet.
 *
 * <p>Cost: at most two searches per segmentation found.
 *
 * <p>[1] K. Haynes, I. Eckley, P. Fearnhead, "Computationally efficient changepoint detection for a
 * range of penalties", Journal of Computational and Graphical Statistics 26 (2017).
 *
 * @param optima ascending in the number of changes; at least one
 */
public record PenaltyPath(List<Optimum> optima) {

  /**
   * A segmentation, and the penalties for which it is best.
   *
   * @param least penalty
   * @param most penalty
   */
  public record Optimum(double least, double most, Segmentation segmentation) {}

  /** Copies the list. */
  public PenaltyPath {
    optima = List.copyOf(optima);
  }

  /**
   * The path of a search.
   *
   * @param search gives the best segmentation for a penalty, as {@link MeanChanges#penalised}
   * @param least penalty, at least 0
   * @param most penalty, not below the least, finite
   * @throws IllegalArgumentException when that is no range
   */
  public static PenaltyPath of(DoubleFunction<Segmentation> search, double least, double most) {
    if (!(least >= 0 && least <= most && most < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("penalties from %s to %s".formatted(least, most));
    }
    TreeMap<Integer, Segmentation> found = new TreeMap<>();
    Segmentation many = search.apply(least);
    Segmentation few = search.apply(most);
    found.put(many.changePoints().size(), many);
    found.put(few.changePoints().size(), few);
    between(search, many, few, found);
    return new PenaltyPath(optima(found, least, most));
  }

  private static void between(
      DoubleFunction<Segmentation> search,
      Segmentation many,
      Segmentation few,
      Map<Integer, Segmentation> found) {
    if (many.changePoints().size() <= few.changePoints().size() + 1) {
      return;
    }
    Segmentation middle = search.apply(meeting(many, few));
    if (found.putIfAbsent(middle.changePoints().size(), middle) == null) {
      between(search, many, middle, found);
      between(search, middle, few, found);
    }
  }

  /** The penalty for which two segmentations cost the same. */
  private static double meeting(Segmentation many, Segmentation few) {
    int changes = many.changePoints().size() - few.changePoints().size();
    return Math.max(0, (few.cost() - many.cost()) / changes);
  }

  private static List<Optimum> optima(
      TreeMap<Integer, Segmentation> found, double least, double most) {
    List<Optimum> optima = new ArrayList<>();
    double upper = most;
    for (Segmentation each : found.values()) {
      Map.Entry<Integer, Segmentation> next = found.higherEntry(each.changePoints().size());
      double lower =
          next == null ? least : Math.min(upper, Math.max(least, meeting(next.getValue(), each)));
      optima.add(new Optimum(lower, upper, each));
      upper = lower;
    }
    return optima;
  }

  /**
   * The segmentation of the path with the least modified BIC for changes of a normal mean: RSS/σ² +
   * 3·m·log n + Σ log(nᵢ/n) for m changes and segments of nᵢ observations. Changes that stand close
   * to another cost less, those that halve a segment cost most; with segments of single
   * observations a lone outlier at an end is cheap. N. Zhang, D. Siegmund, "A modified Bayes
   * information criterion", Biometrics 63 (2007), for known variance.
   *
   * @param variance of the noise, the long-run one where it is correlated; above 0
   */
  public Segmentation chosen(double variance) {
    if (!(variance > 0 && variance < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("the variance of the noise is " + variance);
    }
    return optima.stream()
        .map(Optimum::segmentation)
        .min(Comparator.comparingDouble(each -> modifiedBic(each, variance)))
        .orElseThrow();
  }

  private static double modifiedBic(Segmentation each, double variance) {
    double n = each.n();
    double lengths = 0;
    for (int i = 0; i < each.segments(); i++) {
      lengths += Math.log((each.until(i) - each.from(i)) / n);
    }
    return each.cost() / variance + 3 * each.changePoints().size() * Math.log(n) + lengths;
  }
}
