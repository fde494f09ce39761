package io.saltus.analysis.jump;

import io.saltus.experiment.jump.Jump;
import io.saltus.experiment.jump.JumpKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Jumps that only the metric makes: an exact match of several parts is about the product of the
 * parts' accuracies, and jumps where those rise gently. Asked only of metrics that are stated to be
 * composed of at least two others.
 */
final class Artefacts {

  private static final double MIDPOINT = 0.1;
  private static final double SHARE = 0.8;

  private final List<MetricSeries> series;
  private final RunContext context;

  Artefacts(List<MetricSeries> series, RunContext context) {
    this.series = series;
    this.context = context;
  }

  Optional<Jump> of(Found change) {
    List<String> names = context.parts().getOrDefault(change.series().name(), List.of());
    List<MetricSeries> parts = new ArrayList<>();
    for (String name : names) {
      series.stream().filter(s -> s.name().equals(name)).findFirst().ifPresent(parts::add);
    }
    if (parts.size() < 2 || parts.size() < names.size()) {
      return Optional.empty();
    }
    double before = product(parts, Found.step(change.onset() - change.decades()));
    double after = product(parts, Found.step(change.end() + change.decades()));
    double predicted = crossing(parts, (before + after) / 2);
    double widest = narrowest(parts);
    boolean explains =
        Math.abs(predicted / Found.step(change.midpoint()) - 1) <= MIDPOINT
            && (after - before) / change.size() >= SHARE
            && widest > JumpDefinition.SHARP_DECADES;
    if (!explains) {
      return Optional.empty();
    }
    String evidence =
        String.format(
            Locale.ROOT,
            "the product of its %d parts goes from %.3f to %.3f with its middle at step %.0f, and no "
                + "part rises in less than %.2f decades",
            parts.size(),
            before,
            after,
            predicted,
            widest);
    return Optional.of(change.as(JumpKind.METRIC_ARTEFACT, Double.NaN, evidence));
  }

  private static double product(List<MetricSeries> parts, double step) {
    return parts.stream().mapToDouble(part -> Crossings.at(part, step)).reduce(1, (a, b) -> a * b);
  }

  /** The first step of the first part at which the product is there. */
  private static double crossing(List<MetricSeries> parts, double level) {
    return Arrays.stream(parts.get(0).steps())
        .filter(step -> product(parts, step) >= level)
        .findFirst()
        .orElse(Double.NaN);
  }

  /** The least width, from 10 to 90 % of the way between first and last value, of any part. */
  private static double narrowest(List<MetricSeries> parts) {
    return parts.stream().mapToDouble(Artefacts::width).min().orElse(Double.NaN);
  }

  private static double width(MetricSeries part) {
    double[] steps = part.steps();
    double first = Crossings.at(part, steps[0]);
    double last = Crossings.at(part, steps[steps.length - 1]);
    double onset = crossing(List.of(part), first + 0.1 * (last - first));
    double end = crossing(List.of(part), first + 0.9 * (last - first));
    return Math.log10(end / Math.max(1, onset));
  }
}
