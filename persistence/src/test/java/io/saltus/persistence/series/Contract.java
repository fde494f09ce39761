package io.saltus.persistence.series;

import static org.assertj.core.api.Assertions.assertThat;

import io.saltus.experiment.RunId;
import io.saltus.experiment.metric.MetricName;
import io.saltus.experiment.metric.ScalarColumn;
import io.saltus.persistence.projection.Scalar;
import io.saltus.persistence.read.JournalReader;
import io.saltus.persistence.runs.RunReader;
import io.saltus.persistence.runs.StepRange;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.function.BinaryOperator;

/** What a thinned series promises, asked of all values as they stand in the journal. */
final class Contract {

  private Contract() {}

  /** The values of a metric in current history, read from the journal one by one. */
  static List<Point> all(JournalReader journal, RunId run, MetricName metric, StepRange range) {
    List<Point> all = new ArrayList<>();
    Iterator<ScalarColumn> columns = new RunReader(journal).series(run, metric, range);
    while (columns.hasNext()) {
      ScalarColumn column = columns.next();
      for (int place = 0; place < column.size(); place++) {
        all.add(new Point(column.steps().at(place), Scalar.of(column, place)));
      }
    }
    return all;
  }

  static void check(ThinnedSeries series, List<Point> all, int points) {
    assertThat(series.total()).isEqualTo(all.size());
    List<Point> kept = series.points();
    if (all.size() <= points) {
      assertThat(kept).isEqualTo(all);
      return;
    }
    assertThat(kept).hasSizeLessThanOrEqualTo(points);
    assertThat(kept).isSortedAccordingTo(Comparator.comparingLong(Point::step));
    assertThat(kept.stream().map(Point::step)).doesNotHaveDuplicates();
    assertThat(new HashSet<>(all).containsAll(kept)).as("all are recorded").isTrue();
    assertThat(kept).contains(all.get(0), all.get(all.size() - 1));
    List<Point> numbers = all.stream().filter(point -> !Double.isNaN(point.number())).toList();
    if (!numbers.isEmpty()) {
      assertThat(kept).contains(first(numbers, (a, b) -> b.number() < a.number() ? b : a));
      assertThat(kept).contains(first(numbers, (a, b) -> b.number() > a.number() ? b : a));
    }
    if (numbers.size() < all.size() && points > 4) {
      assertThat(kept).anyMatch(point -> Double.isNaN(point.number()));
    }
  }

  private static Point first(List<Point> points, BinaryOperator<Point> stronger) {
    return points.stream().reduce(stronger).orElseThrow();
  }
}
