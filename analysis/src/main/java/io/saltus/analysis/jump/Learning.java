package io.saltus.analysis.jump;

import io.saltus.experiment.jump.Bootstrap;
import io.saltus.experiment.jump.Interval;
import io.saltus.experiment.jump.Jump;
import io.saltus.experiment.jump.JumpKind;
import io.saltus.experiment.jump.Sharp;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Training and validation accuracy side by side: memorisation when the one rises and the other has
 * not when the first has saturated, grokking when it jumps after that, joint learning when both
 * rise together.
 */
final class Learning {

  private static final String TRAINING = "train.accuracy";
  private static final String VALIDATION = "validation.accuracy";
  private static final double SATURATED = 0.99;
  private static final int LEAST_CELLS = 20;

  private final Optional<MetricSeries> training;
  private final Optional<MetricSeries> validation;

  /** The step at which training accuracy is at 99 % for good; NaN when it isn't. */
  private final double memorised;

  Learning(List<MetricSeries> series) {
    training = named(series, TRAINING);
    validation = named(series, VALIDATION);
    memorised = training.map(s -> Crossings.sustained(s, SATURATED)).orElse(Double.NaN);
  }

  private static Optional<MetricSeries> named(List<MetricSeries> series, String name) {
    return series.stream().filter(s -> s.name().equals(name)).findFirst();
  }

  Optional<Jump> of(Found found) {
    if (training.isEmpty() || validation.isEmpty() || !found.improves()) {
      return Optional.empty();
    }
    if (found.series().name().equals(TRAINING)) {
      return trainingRise(found);
    }
    return found.series().name().equals(VALIDATION) ? validationRise(found) : Optional.empty();
  }

  private Optional<Jump> trainingRise(Found found) {
    if (found.decades() > JumpDefinition.LABELLED_DECADES) {
      return Optional.empty();
    }
    double saturated = Double.isNaN(memorised) ? Found.step(found.end()) : memorised;
    double first = Crossings.first(validation.get());
    double then = Crossings.notBefore(validation.get(), saturated);
    boolean risen = then - first >= JumpDefinition.LARGE;
    String evidence =
        words(
            "training accuracy rises from %.3f to %.3f around step %.0f; when it has saturated, at "
                + "step %.0f, validation accuracy is %.3f, %s",
            found.before(),
            found.after(),
            Found.step(found.midpoint()),
            saturated,
            then,
            risen ? "up from %.3f".formatted(first) : "not 0.2 above its beginning");
    JumpKind kind = risen ? JumpKind.JOINT_LEARNING : JumpKind.MEMORISATION;
    return Optional.of(found.as(kind, Double.NaN, evidence));
  }

  /**
   * Joint learning that no change of training accuracy tells of, because all of it is as gradual as
   * a drift: its rise over the whole run, without any assumption on its shape.
   */
  Optional<Jump> gradual() {
    if (training.isEmpty() || validation.isEmpty()) {
      return Optional.empty();
    }
    LogBins bins = LogBins.of(training.get());
    if (bins.size() < LEAST_CELLS) {
      return Optional.empty();
    }
    double[] fit = Isotonic.fit(bins.y, bins.weights, 1);
    double before = fit[0];
    double after = fit[fit.length - 1];
    double noise = Robust.deviation(difference(bins.y, fit));
    double onset = Isotonic.crossing(bins.x, fit, 1, before + 0.1 * (after - before));
    double midpoint = Isotonic.crossing(bins.x, fit, 1, (before + after) / 2);
    double end = Isotonic.crossing(bins.x, fit, 1, before + 0.9 * (after - before));
    double first = Crossings.first(validation.get());
    double then = Crossings.notBefore(validation.get(), Found.step(end));
    boolean together =
        after - before >= Math.max(JumpDefinition.LARGE, JumpDefinition.DEVIATIONS * noise)
            && then - first >= JumpDefinition.LARGE;
    return together
        ? Optional.of(gradual(before, after, onset, midpoint, end, noise, first, then))
        : Optional.empty();
  }

  private Jump gradual(
      double before,
      double after,
      double onset,
      double midpoint,
      double end,
      double noise,
      double first,
      double then) {
    return new Jump(
        TRAINING,
        JumpKind.JOINT_LEARNING,
        Found.step(onset),
        Found.step(midpoint),
        Found.step(end),
        Interval.NONE,
        Interval.NONE,
        Interval.NONE,
        before,
        after,
        after - before,
        Interval.NONE,
        end - onset,
        Interval.NONE,
        Sharp.NO,
        false,
        false,
        false,
        Double.NaN,
        noise,
        Double.NaN,
        Double.NaN,
        new Bootstrap(0, 0, 0),
        Double.NaN,
        List.of(),
        words(
            "training accuracy rises from %.3f to %.3f over the whole run, no part of it steeper "
                + "than the rest; by step %.0f validation accuracy has come from %.3f to %.3f",
            before, after, Found.step(end), first, then));
  }

  private static double[] difference(double[] y, double[] fit) {
    double[] result = y.clone();
    for (int i = 0; i < result.length; i++) {
      result[i] -= fit[i];
    }
    return result;
  }

  private Optional<Jump> validationRise(Found found) {
    double midpoint = Found.step(found.midpoint());
    if (found.sharp() == Sharp.NO || Double.isNaN(memorised)) {
      return Optional.empty();
    }
    double then = Crossings.at(validation.get(), memorised);
    double first = Crossings.first(validation.get());
    if (midpoint <= memorised || then - first >= JumpDefinition.LARGE) {
      return Optional.empty();
    }
    double understood = Crossings.sustained(validation.get(), SATURATED);
    double delay = understood / memorised;
    String reached =
        Double.isNaN(delay)
            ? "validation accuracy does not stay at 99 %"
            : words("validation accuracy at step %.0f, %.2f times as late", understood, delay);
    return Optional.of(
        found.as(
            JumpKind.GROKKING,
            delay,
            words(
                "validation accuracy jumps from %.3f to %.3f around step %.0f; training accuracy is "
                    + "at 99 %% from step %.0f, when validation accuracy is %.3f; %s",
                found.before(), found.after(), midpoint, memorised, then, reached)));
  }

  private static String words(String format, Object... numbers) {
    return String.format(Locale.ROOT, format, numbers);
  }
}
