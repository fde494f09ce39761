package io.saltus.app.external;

import io.saltus.actors.RefusedException;
import io.saltus.experiment.metric.Catalogue;
import io.saltus.experiment.metric.Column;
import io.saltus.experiment.metric.ColumnKind;
import io.saltus.experiment.metric.MetricDescriptor;
import io.saltus.experiment.metric.MetricFrame;
import io.saltus.experiment.metric.MetricName;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Catalogues of runs that others compute: doubles, of which nothing more is known. */
public final class ExternalMetrics {

  /** How many metrics a run can have. */
  public static final int MOST = 1_000;

  private ExternalMetrics() {}

  /**
   * A metric.
   *
   * @param unit empty where none was said
   */
  public static MetricDescriptor metric(MetricName name, String unit) {
    return new MetricDescriptor(
        name, "", ColumnKind.F64, 1, unit, "as told", !name.isTiming(), false);
  }

  /**
   * The catalogue that holds a frame's metrics, too; empty where that is the one there is.
   *
   * @throws RefusedException when there would be too many
   */
  static Optional<Catalogue> with(Catalogue known, MetricFrame frame) {
    Set<MetricName> names = new HashSet<>();
    known.metrics().forEach(metric -> names.add(metric.name()));
    List<MetricDescriptor> all = new ArrayList<>(known.metrics());
    for (Column column : frame.columns()) {
      if (names.add(column.name())) {
        all.add(metric(column.name(), ""));
      }
    }
    if (all.size() > MOST) {
      throw new RefusedException("a run has at most " + MOST + " metrics: the frame. Send fewer.");
    }
    return all.size() == known.metrics().size()
        ? Optional.empty()
        : Optional.of(new Catalogue(all));
  }
}
