package io.saltus.analysis.jump;

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
    double first = Crossings.at(validation.get(), 0);
    double then = Crossings.at(validation.get(), saturated);
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

  private Optional<Jump> validationRise(Found found) {
    double midpoint = Found.step(found.midpoint());
    if (found.sharp() == Sharp.NO || Double.isNaN(memorised)) {
      return Optional.empty();
    }
    double then = Crossings.at(validation.get(), memorised);
    double first = Crossings.at(validation.get(), 0);
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
