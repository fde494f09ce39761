package io.saltus.analysis.study;

import io.saltus.analysis.jump.Crossings;
import io.saltus.analysis.jump.MetricSeries;
import io.saltus.experiment.metric.MetricName;
import io.saltus.experiment.spec.Measure;
import io.saltus.experiment.spec.UntilRule;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.DoubleStream;

/** Takes measures of single runs. */
final class Measuring {

  private Measuring() {}

  static Measured of(Measure measure, RunResults run) {
    Optional<Measured> unable = unable(run);
    if (unable.isPresent()) {
      return unable.get();
    }
    if (measure instanceof Measure.Level level) {
      return of(run, level.metric(), series -> level(level, series));
    }
    if (measure instanceof Measure.LevelAt at) {
      Measured crossing = step(at.crossing(), run);
      return crossing instanceof Measured.Value step
          ? of(run, at.metric(), series -> at(series, step.value()))
          : crossing;
    }
    if (measure instanceof Measure.Ratio ratio) {
      Measured above = step(ratio.crossing(), run);
      Measured below = step(ratio.other(), run);
      if (above instanceof Measured.Value a && below instanceof Measured.Value b) {
        // Step 0 is before all training: a ratio to it says nothing.
        return b.value() > 0
            ? new Measured.Value(a.value() / b.value())
            : new Measured.Unknown("the second crossing is at step 0");
      }
      return above instanceof Measured.Value ? below : above;
    }
    return step((Measure.Crossing) measure, run);
  }

  static Optional<Measured> unable(RunResults run) {
    return switch (run.status()) {
      case COMPLETED -> Optional.empty();
      case UNFINISHED -> Optional.of(new Measured.Unknown("not finished"));
      case FAILED -> Optional.of(new Measured.Unknown("failed"));
    };
  }

  private static Measured of(
      RunResults run, MetricName metric, Function<MetricSeries, OptionalDouble> value) {
    Optional<MetricSeries> series = run.series(metric);
    if (series.isEmpty()) {
      return new Measured.Unknown(metric + " is not recorded");
    }
    OptionalDouble measured = value.apply(series.get());
    return measured.isPresent()
        ? new Measured.Value(measured.getAsDouble())
        : new Measured.Unknown(metric + " has no finite value");
  }

  private static OptionalDouble level(Measure.Level level, MetricSeries series) {
    DoubleStream finite = Arrays.stream(series.values()).filter(Double::isFinite);
    return switch (level.take()) {
      case LAST -> at(series, Double.POSITIVE_INFINITY);
      case MAX -> finite.max();
      case MIN -> finite.min();
    };
  }

  /** The last finite value at or before a step. */
  private static OptionalDouble at(MetricSeries series, double step) {
    for (int i = series.steps().length - 1; i >= 0; i--) {
      if (series.steps()[i] <= step && Double.isFinite(series.values()[i])) {
        return OptionalDouble.of(series.values()[i]);
      }
    }
    return OptionalDouble.empty();
  }

  private static Measured step(Measure.Crossing crossing, RunResults run) {
    Optional<MetricSeries> series = run.series(crossing.metric());
    if (series.isEmpty()) {
      return new Measured.Unknown(crossing.metric() + " is not recorded");
    }
    double step =
        crossing.forSteps().isPresent()
            ? held(crossing, series.get(), crossing.forSteps().getAsLong())
            : forGood(crossing, series.get());
    return Double.isNaN(step) ? new Measured.Never(run.lastStep()) : new Measured.Value(step);
  }

  private static double forGood(Measure.Crossing crossing, MetricSeries series) {
    if (crossing.bound() == UntilRule.Bound.AT_LEAST) {
      return Crossings.sustained(series, crossing.level());
    }
    double[] turned = Arrays.stream(series.values()).map(value -> -value).toArray();
    return Crossings.sustained(
        new MetricSeries(series.name(), series.steps(), turned, series.kind(), series.evaluated()),
        -crossing.level());
  }

  /** As {@code until} counts: from the first value that keeps the bound, both ends included. */
  private static double held(Measure.Crossing crossing, MetricSeries series, long forSteps) {
    UntilRule rule = new UntilRule(crossing.metric(), crossing.bound(), crossing.level(), forSteps);
    double from = Double.NaN;
    for (int i = 0; i < series.values().length; i++) {
      if (!rule.holds(series.values()[i])) {
        from = Double.NaN;
        continue;
      }
      from = Double.isNaN(from) ? series.steps()[i] : from;
      if (series.steps()[i] - from + 1 >= forSteps) {
        return from;
      }
    }
    return Double.NaN;
  }

  /** A number for people: 1,620, 0.987, 5.4. */
  static String number(double value) {
    if (Double.isNaN(value)) {
      return "none";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "∞" : "−∞";
    }
    if (value == Math.rint(value) && Math.abs(value) < 1e15) {
      return String.format(Locale.ROOT, "%,d", (long) value);
    }
    return Math.abs(value) >= 1000
        ? String.format(Locale.ROOT, "%,.0f", value)
        : String.format(Locale.ROOT, "%.4g", value);
  }
}
