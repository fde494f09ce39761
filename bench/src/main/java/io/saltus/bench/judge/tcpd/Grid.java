package io.saltus.bench.judge.tcpd;

import io.saltus.analysis.change.InnerSearches;
import java.util.ArrayList;
import java.util.List;

/**
 * Combinations of the three numbers of {@code auto}, each scored on each series, so that the choice
 * among them can be judged: what is chosen without a series is scored on it.
 *
 * @param settings all combinations
 * @param scores by setting, then by series
 */
record Grid(List<Setting> settings, List<List<Agreement>> scores) {

  /** Which numbers are combined. */
  record Axes(double[] floors, double[] penalties, double[] slopes) {

    /** Those that come to the figures of the original choice, whose own list was not kept. */
    static final Axes RECONSTRUCTED =
        new Axes(
            new double[] {0.01, 0.02, 0.03},
            new double[] {4, 5, 6, 7, 8, 9, 10, 11, 12, 14},
            new double[] {0, 1, 2, 3, 4, 5});

    /** Others, so that one sees how much the choice of these axes does. */
    static final List<Axes> OTHERS =
        List.of(
            new Axes(
                new double[] {0.005, 0.01, 0.02, 0.03, 0.05},
                new double[] {4, 5, 6, 7, 8, 10},
                new double[] {0, 1, 2, 3, 4, 6}),
            new Axes(
                new double[] {0.005, 0.01, 0.02, 0.04, 0.08},
                new double[] {4, 6, 8, 10, 12, 16},
                new double[] {0, 1, 2, 3, 4, 6}));
  }

  /**
   * One combination.
   *
   * @param floor part of the total variance
   * @param penalty of a change, in log n
   * @param slope price of a line, in log n
   */
  record Setting(double floor, double penalty, double slope) {

    private List<Integer> find(double[] values) {
      return InnerSearches.auto(values, floor, penalty, slope).changePoints();
    }

    private Agreement on(AnnotatedSeries series) {
      Finder finder = this::find;
      return finder.on(series);
    }

    String text() {
      return "(%s, %.0f, %.0f)".formatted(floor, penalty, slope);
    }
  }

  /** All combinations on all series. */
  static Grid of(Axes axes, List<AnnotatedSeries> series) {
    List<Setting> settings = new ArrayList<>();
    List<List<Agreement>> scores = new ArrayList<>();
    for (double floor : axes.floors()) {
      for (double penalty : axes.penalties()) {
        for (double slope : axes.slopes()) {
          Setting setting = new Setting(floor, penalty, slope);
          settings.add(setting);
          scores.add(series.stream().map(setting::on).toList());
        }
      }
    }
    return new Grid(settings, scores);
  }

  /** The setting that is best on all series. */
  Setting best() {
    return settings.get(bestWithout(-1));
  }

  /** On each series the score of the setting that is best on the others. */
  List<Agreement> leaveOneOut() {
    List<Agreement> left = new ArrayList<>();
    for (int i = 0; i < scores.get(0).size(); i++) {
      left.add(scores.get(bestWithout(i)).get(i));
    }
    return left;
  }

  /** The setting whose two measures add up to most; of equal ones the first. */
  private int bestWithout(int series) {
    int best = 0;
    for (int setting = 1; setting < settings.size(); setting++) {
      if (sum(setting, series) > sum(best, series)) {
        best = setting;
      }
    }
    return best;
  }

  private double sum(int setting, int without) {
    double sum = 0;
    for (int i = 0; i < scores.get(setting).size(); i++) {
      Agreement each = scores.get(setting).get(i);
      sum += i == without ? 0 : each.f1() + each.covering();
    }
    return sum;
  }
}
