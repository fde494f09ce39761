package io.saltus.tf.probe;

import io.saltus.experiment.metric.MetricName;
import io.saltus.experiment.session.MetricProvider;
import io.saltus.experiment.session.ProbeContext;
import io.saltus.experiment.session.ProbeFactory;
import io.saltus.experiment.spec.Component;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Norms, histograms, margins and Fourier spectra of a session. */
public final class ShippedProbes implements ProbeFactory {

  private static final String EMBEDDING = "embedding.";

  /** For the service loader. */
  public ShippedProbes() {}

  @Override
  public List<String> offered(ProbeContext context) {
    return List.copyOf(all(context).keySet());
  }

  @Override
  public Optional<MetricProvider> create(String metric, ProbeContext context) {
    return Optional.ofNullable(all(context).get(metric)).map(Supplier::get);
  }

  private static SortedMap<String, Supplier<MetricProvider>> all(ProbeContext context) {
    SortedMap<String, Supplier<MetricProvider>> probes = new TreeMap<>();
    context
        .weights()
        .forEach(
            (variable, shape) -> {
              for (Source source : Source.values()) {
                put(
                    probes,
                    NormProbe.kind(source) + "." + variable,
                    () -> new NormProbe(source, variable));
                put(
                    probes,
                    HistogramProbe.kind(source) + "." + variable,
                    () -> new HistogramProbe(source, variable));
              }
              if (isEmbedding(variable, shape, context.spec().task())) {
                put(
                    probes,
                    FourierProbe.KIND + "." + variable,
                    () -> new FourierProbe(variable, Math.toIntExact(shape.get(0))));
              }
            });
    for (String set : context.sets()) {
      for (MarginProbe.Statistic statistic : MarginProbe.Statistic.values()) {
        put(probes, statistic.kind() + "." + set, () -> new MarginProbe(statistic, set));
      }
    }
    return probes;
  }

  /** A variable of another program may have a name that no metric can have. */
  private static void put(
      SortedMap<String, Supplier<MetricProvider>> probes,
      String metric,
      Supplier<MetricProvider> probe) {
    if (MetricName.isValid(metric)) {
      probes.put(metric, probe);
    }
  }

  /** A table with a row per number: only there a frequency means something. */
  private static boolean isEmbedding(String variable, List<Long> shape, Component task) {
    return task.kind().equals("modular-arithmetic")
        && variable.startsWith(EMBEDDING)
        && shape.size() == 2
        && shape.get(0) == task.whole("modulus");
  }
}
