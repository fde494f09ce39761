package io.saltus.experiment.session;

import io.saltus.experiment.metric.Catalogue;
import io.saltus.experiment.metric.MetricDescriptor;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** The probes of a session: their metrics stand in its catalogue behind its own. */
public final class Probes {

  private final List<Placed> probes;
  private final Catalogue catalogue;

  /**
   * @param first place of its first metric in the catalogue
   */
  private record Placed(MetricProvider provider, int first) {}

  /**
   * @param own the session's own metrics
   * @throws SessionException when a metric has the name of another, or claims to be deterministic
   */
  public Probes(Catalogue own, List<MetricProvider> providers) {
    List<MetricDescriptor> all = new ArrayList<>(own.metrics());
    List<Placed> placed = new ArrayList<>();
    for (MetricProvider provider : providers) {
      placed.add(new Placed(provider, all.size()));
      for (MetricDescriptor metric : provider.metrics()) {
        if (metric.deterministic()) {
          throw refused(provider, metric, "claims to be deterministic, which no probe is");
        }
        if (all.stream().anyMatch(other -> other.name().equals(metric.name()))) {
          throw refused(provider, metric, "has the name of another metric of the session");
        }
        all.add(metric);
      }
    }
    this.probes = List.copyOf(placed);
    this.catalogue = new Catalogue(all);
  }

  /** The session's own metrics, then those of the probes. */
  public Catalogue catalogue() {
    return catalogue;
  }

  /** Whether a probe looks at a step. */
  public boolean due(long step) {
    return probes.stream().anyMatch(probe -> probe.provider().due(step));
  }

  /** The trained variables whose gradients are looked at in a step, in byte order. */
  public SortedSet<String> gradients(long step) {
    SortedSet<String> names = new TreeSet<>();
    for (Placed probe : probes) {
      if (probe.provider().due(step)) {
        names.addAll(probe.provider().gradients());
      }
    }
    return names;
  }

  /**
   * Records what the probes see.
   *
   * @param record of the session, by places in {@link #catalogue}
   */
  public void record(ProbeView view, StepRecord record) {
    for (Placed probe : probes) {
      if (probe.provider().due(view.step())) {
        int metrics = probe.provider().metrics().size();
        probe.provider().record(view, new PlacedRecord(record, probe.first(), metrics));
      }
    }
  }

  private static SessionException refused(
      MetricProvider provider, MetricDescriptor metric, String why) {
    return new SessionException(
        "probe " + provider.name() + ": its metric " + metric.name() + " " + why);
  }
}
