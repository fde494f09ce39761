package io.saltus.app.jumps;

import io.saltus.app.problem.Nearest;
import io.saltus.app.problem.Refusal;
import io.saltus.experiment.metric.Catalogue;
import io.saltus.experiment.metric.MetricDescriptor;
import io.saltus.experiment.metric.MetricName;
import io.saltus.persistence.projection.RunState;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Which metrics of a run are analysed. */
final class MetricChoice {

  private MetricChoice() {}

  /**
   * Those that are named, each once; else every accuracy and loss that has values, in byte order.
   */
  static List<MetricName> of(RunState state, List<MetricName> named) {
    String run = state.run().orElseThrow().value();
    if (state.step() < 1) {
      throw Refusal.wrong(
          run + " has recorded no steps yet", "saltus jumps " + run, "Wait until it has.");
    }
    Set<MetricName> recorded = state.recorded().metrics().keySet();
    if (!named.isEmpty()) {
      named.forEach(name -> require(name, run, recorded, state.catalogue()));
      return named.stream().distinct().toList();
    }
    List<MetricName> usual =
        recorded.stream().filter(name -> name.isAccuracy() || name.isLoss()).sorted().toList();
    if (usual.isEmpty()) {
      throw Refusal.wrong(
          run + " has recorded no accuracy and no loss",
          "saltus jumps " + run,
          "Name a metric with --metric. " + known(recorded));
    }
    return usual;
  }

  private static void require(
      MetricName name, String run, Set<MetricName> recorded, Optional<Catalogue> catalogue) {
    if (recorded.contains(name)) {
      return;
    }
    Optional<MetricDescriptor> promised = catalogue.flatMap(all -> all.find(name));
    if (promised.isEmpty()) {
      List<String> names = recorded.stream().map(MetricName::value).sorted().toList();
      throw Refusal.wrong(
          "%s has no metric '%s'".formatted(run, name),
          "--metric",
          (Nearest.question(name.value(), names) + " " + known(recorded)).strip());
    }
    if (!promised.get().kind().isScalar()) {
      throw Refusal.wrong(
          "'%s' of %s has no single numbers".formatted(name, run), "--metric", known(recorded));
    }
    throw Refusal.wrong(
        "'%s' of %s has no values yet".formatted(name, run),
        "--metric",
        "It is recorded " + promised.get().cadence() + ".");
  }

  private static String known(Set<MetricName> recorded) {
    return "Known: "
        + recorded.stream().map(MetricName::value).sorted().collect(Collectors.joining(", "))
        + ".";
  }
}
