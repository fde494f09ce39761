package io.saltus.app.cli;

import io.saltus.app.problem.Nearest;
import io.saltus.app.problem.Refusal;
import io.saltus.app.report.RunView;
import io.saltus.experiment.metric.MetricName;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** In which order runs are listed; equal ones stay in the order of submission. */
final class RunOrdering {

  private static final Map<String, Comparator<RunView>> KEYS =
      Map.of(
          "submitted", Comparator.comparingInt(unused -> 0),
          "run", Comparator.comparing(RunView::run),
          "experiment", Comparator.comparing(view -> view.spec().experiment()),
          "status", Comparator.comparing(RunView::status),
          "step", Comparator.comparingLong(view -> view.state().step()));

  private final Comparator<RunView> comparator;

  private RunOrdering(Comparator<RunView> comparator) {
    this.comparator = comparator;
  }

  /** The ordering of a key: a word, or a metric that one of the runs has recorded. */
  static RunOrdering of(String key, List<RunView> views) {
    Comparator<RunView> known = KEYS.get(key);
    if (known != null) {
      return new RunOrdering(known);
    }
    TreeSet<String> names = new TreeSet<>(KEYS.keySet());
    views.forEach(
        view ->
            view.state().recorded().metrics().keySet().forEach(name -> names.add(name.value())));
    if (!names.contains(key)) {
      throw Refusal.wrong(
          "runs cannot be sorted by '" + key + "'", "--sort", Nearest.question(key, names));
    }
    MetricName metric = new MetricName(key);
    return new RunOrdering(Comparator.comparingDouble(view -> last(view, metric)));
  }

  List<RunView> sort(List<RunView> views) {
    List<RunView> sorted = new ArrayList<>(views);
    sorted.sort(comparator);
    return sorted;
  }

  private static double last(RunView view, MetricName metric) {
    return Optional.ofNullable(view.state().recorded().metrics().get(metric))
        .map(stats -> stats.last().asDouble())
        .orElse(Double.NaN);
  }
}
