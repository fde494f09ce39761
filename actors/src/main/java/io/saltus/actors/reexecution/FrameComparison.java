package io.saltus.actors.reexecution;

import io.saltus.experiment.metric.Catalogue;
import io.saltus.experiment.metric.Column;
import io.saltus.experiment.metric.MetricDescriptor;
import io.saltus.experiment.metric.MetricFrame;
import io.saltus.experiment.metric.MetricName;
import io.saltus.experiment.metric.ScalarColumn;
import io.saltus.persistence.projection.Scalar;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Compares what is recorded of some steps with what was computed again, bit for bit: a metric that
 * is there only once differs, and so do two NaNs with different payloads.
 */
final class FrameComparison {

  private final Catalogue catalogue;

  /**
   * @param catalogue of the session that computes: what it calls deterministic is compared
   */
  FrameComparison(Catalogue catalogue) {
    this.catalogue = catalogue;
  }

  /** How many metrics are compared. */
  int metrics() {
    return (int) catalogue.metrics().stream().filter(MetricDescriptor::deterministic).count();
  }

  /**
   * The difference at the lowest step; of several there, that of the first name in byte order.
   *
   * @param recorded consecutive frames with deterministic columns only
   * @param recomputed over the same steps
   */
  Optional<Difference> first(List<MetricFrame> recorded, MetricFrame recomputed) {
    NavigableSet<MetricName> names = new TreeSet<>();
    recorded.forEach(frame -> frame.columns().forEach(column -> names.add(column.name())));
    recomputed.columns().stream()
        .map(Column::name)
        .filter(name -> catalogue.find(name).filter(MetricDescriptor::deterministic).isPresent())
        .forEach(names::add);
    Optional<Difference> first = Optional.empty();
    for (MetricName name : names) {
      Optional<Difference> difference =
          difference(
              name,
              new Cells(recorded.stream().flatMap(frame -> frame.column(name).stream()).toList()),
              new Cells(recomputed.column(name).stream().toList()));
      if (difference.isPresent()
          && (first.isEmpty() || difference.get().step() < first.get().step())) {
        first = difference;
      }
    }
    return first;
  }

  private static Optional<Difference> difference(MetricName name, Cells recorded, Cells again) {
    while (recorded.hasNext() || again.hasNext()) {
      if (!again.hasNext() || (recorded.hasNext() && recorded.step() < again.step())) {
        return differs(name, recorded.step(), recorded.text(), Difference.NONE);
      } else if (!recorded.hasNext() || again.step() < recorded.step()) {
        return differs(name, again.step(), Difference.NONE, again.text());
      } else if (!recorded.equalTo(again)) {
        return differs(name, again.step(), recorded.text(), again.text());
      }
      recorded.advance();
      again.advance();
    }
    return Optional.empty();
  }

  private static Optional<Difference> differs(
      MetricName name, long step, String recorded, String recomputed) {
    return Optional.of(new Difference(step, name.value(), recorded, recomputed));
  }

  /** One metric's values, step after step, over consecutive columns. */
  private static final class Cells {

    private final Iterator<Column> columns;
    private List<Column> column = new ArrayList<>(1);
    private int place;

    Cells(List<Column> columns) {
      this.columns = columns.iterator();
    }

    boolean hasNext() {
      while (column.isEmpty() || place == column.get(0).size()) {
        if (!columns.hasNext()) {
          return false;
        }
        column = List.of(columns.next());
        place = 0;
      }
      return true;
    }

    long step() {
      return column.get(0).steps().at(place);
    }

    void advance() {
      place++;
    }

    boolean equalTo(Cells other) {
      Column mine = column.get(0);
      Column its = other.column.get(0);
      if (mine instanceof ScalarColumn one && its instanceof ScalarColumn two) {
        return one.kind() == two.kind() && bits() == other.bits();
      }
      return mine.between(step(), step()).equals(its.between(step(), step()));
    }

    long bits() {
      return Scalar.of((ScalarColumn) column.get(0), place).bits();
    }

    String text() {
      Column mine = column.get(0);
      if (mine instanceof ScalarColumn scalar) {
        Scalar value = Scalar.of(scalar, place);
        return Double.isNaN(value.asDouble())
            ? "NaN (bits " + Long.toHexString(value.bits()) + ")"
            : value.text();
      }
      return mine.between(step(), step()).toString();
    }
  }
}
