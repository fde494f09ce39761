package io.saltus.analysis.monitor;

import io.saltus.analysis.jump.JumpAnalysis;
import io.saltus.analysis.jump.JumpDefinition;
import io.saltus.analysis.jump.JumpSettings;
import io.saltus.analysis.jump.MetricKind;
import io.saltus.analysis.jump.MetricSeries;
import io.saltus.analysis.jump.RunContext;
import io.saltus.analysis.jump.RunJumps;
import io.saltus.experiment.event.AnalysisEvent.JumpSuspected;
import io.saltus.experiment.jump.ChangePoint;
import io.saltus.experiment.jump.Jump;
import io.saltus.experiment.jump.TestedSeries;
import io.saltus.experiment.metric.MetricName;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * Whether a suspected change is a jump, as far as the series has come.
 *
 * <p>A change that has gone back, or is less than {@value JumpDefinition#LARGE} of the range so
 * far, needs no fit. Every other one goes through {@link JumpAnalysis}, so that the monitor and the
 * analysis of a finished run share one definition; with fewer simulated series, because the alarm
 * itself is a test. A jump counts once its level has stood for a tenth of a decade.
 */
final class Decision {

  private static final JumpSettings SETTINGS = new JumpSettings(1, 199, 999, 99);
  private static final double MOVES = 0.05;
  private static final double RANGE_DECADES = 2;
  private static final double NEAR_DECADES = 0.3;
  private static final double LATER_DECADES = 0.7;

  /** How urgently an answer is wanted. */
  enum Patience {
    /** Only a jump is worth saying. */
    WAITS,
    /** A jump whose level after it is too short may still be waited for. */
    FOR_A_PLATEAU,
    /** Now or never. */
    OVER
  }

  /** What is said: a jump, or why there is none. */
  record Answer(Optional<Jump> jump, String reason) {

    private static Optional<Answer> no(String reason, Object... numbers) {
      return Optional.of(new Answer(Optional.empty(), String.format(Locale.ROOT, reason, numbers)));
    }
  }

  private final MetricName metric;
  private final MetricKind kind;
  private final double[] steps;
  private final double[] values;
  private final JumpSuspected suspected;
  private final Patience patience;

  Decision(
      MetricName metric,
      MetricKind kind,
      Thinned series,
      JumpSuspected suspected,
      Patience patience) {
    this.metric = metric;
    this.kind = kind;
    this.steps = series.steps();
    this.values = series.values();
    this.suspected = suspected;
    this.patience = patience;
  }

  /** The answer; empty when it is too early for one. */
  Optional<Answer> answer() {
    double[] scaled = Arrays.stream(values).map(kind::scaled).toArray();
    Levels levels = Levels.of(steps, scaled, suspected.changeStep());
    double range = range(scaled);
    double size = Math.abs(levels.now() - levels.before());
    if (size < JumpDefinition.LARGE * range) {
      if (patience == Patience.WAITS) {
        return Optional.empty();
      }
      return Math.abs(levels.farthest() - levels.before()) >= JumpDefinition.LARGE * range
          ? Answer.no("it went back: from %.4g to %.4g, and now it is at %.4g", of(levels))
          : Answer.no(
              "it is not large: %.0f %% of the range so far, %.3g, at least %.0f %%",
              100 * size / range, range, 100 * JumpDefinition.LARGE);
    }
    return examine(Math.abs(levels.now() - levels.lately()) >= MOVES * range);
  }

  /**
   * @param moving whether the level still changes, so that what looks gentle may only be unfinished
   */
  private Optional<Answer> examine(boolean moving) {
    RunJumps found =
        JumpAnalysis.with(SETTINGS)
            .analyse(
                List.of(new MetricSeries(metric.value(), steps, values, kind, 0)), RunContext.NONE);
    Optional<Jump> jump = found.jumps().stream().filter(this::isHere).min(nearest(Jump::midpoint));
    if (jump.isPresent() && !jump.get().censored()) {
      return Optional.of(new Answer(jump, ""));
    } else if (jump.isPresent()) {
      return patience == Patience.OVER
          ? Answer.no(
              "the level after it, from step %.0f on, is too short to tell", jump.get().end())
          : Optional.empty();
    } else if (patience == Patience.WAITS || (moving && patience == Patience.FOR_A_PLATEAU)) {
      return Optional.empty();
    }
    TestedSeries tested = found.series().get(0).tested();
    if (tested.noP().isPresent()) {
      return patience == Patience.OVER
          ? Answer.no("it cannot be told: %s", tested.noP().get())
          : Optional.empty();
    }
    return found.changePoints().stream()
        .filter(this::isHere)
        .min(nearest(ChangePoint::step))
        .flatMap(point -> Answer.no("%s", point.reason()))
        .or(
            () ->
                Answer.no(
                    "no change stands there beside drift and noise (p = %.2g of the series)",
                    tested.p()));
  }

  private boolean isHere(Jump jump) {
    double slack = StrictMath.pow(10, NEAR_DECADES);
    return jump.onset() <= suspected.step() * slack && jump.end() >= suspected.changeStep() / slack;
  }

  private boolean isHere(ChangePoint point) {
    return point.step() >= suspected.changeStep() / StrictMath.pow(10, NEAR_DECADES)
        && point.step() <= suspected.step() * StrictMath.pow(10, LATER_DECADES);
  }

  private <T> Comparator<T> nearest(ToDoubleFunction<T> place) {
    return Comparator.comparingDouble(
        each -> Math.abs(Math.log(place.applyAsDouble(each) / suspected.changeStep())));
  }

  /** An accuracy's is 1; else between the quantiles 5 % and 95 % from two decades before on. */
  private double range(double[] scaled) {
    if (kind == MetricKind.ACCURACY) {
      return 1;
    }
    double first = suspected.changeStep() / StrictMath.pow(10, RANGE_DECADES);
    int from = 0;
    while (from < steps.length - 1 && steps[from] < first) {
      from++;
    }
    double[] sorted = Arrays.copyOfRange(scaled, from, scaled.length);
    Arrays.sort(sorted);
    int n = sorted.length;
    double range = sorted[(int) (0.95 * (n - 1))] - sorted[(int) (0.05 * (n - 1))];
    return Math.max(range, Double.MIN_NORMAL);
  }

  private static Object[] of(Levels levels) {
    return new Object[] {levels.before(), levels.farthest(), levels.now()};
  }
}
