package io.saltus.analysis.jump;

import io.saltus.experiment.jump.Bootstrap;
import io.saltus.experiment.jump.ChangePoint;
import io.saltus.experiment.jump.Criterion;
import io.saltus.experiment.jump.Interval;
import io.saltus.experiment.jump.Jump;
import io.saltus.experiment.jump.JumpKind;
import io.saltus.experiment.jump.Sharp;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/**
 * A change of one series with everything that the series alone says about it; places in decades,
 * levels on the scale on which changes count.
 *
 * @param sizeInterval of the difference of both levels, in the metric's own values: of a loss its
 *     uncertainty is that of the larger level
 */
record Found(
    MetricSeries series,
    double onset,
    double midpoint,
    double end,
    Interval onsetInterval,
    Interval midpointInterval,
    Interval endInterval,
    double before,
    double after,
    Interval sizeInterval,
    Interval decadesInterval,
    Sharp sharp,
    boolean censored,
    boolean widthIsBound,
    boolean isotonicDiffers,
    double sharpness,
    double noise,
    double p,
    double q,
    Bootstrap bootstrap,
    List<Criterion> criteria) {

  static final String LARGE = "large";
  static final String CLEAR = "clear of noise";
  static final String SHARP = "sharp";
  static final String STEEP = "steeper than beside it";
  static final String SIGNIFICANT = "significant";

  double size() {
    return after - before;
  }

  double decades() {
    return end - onset;
  }

  boolean meets(String... names) {
    return List.of(names).stream()
        .allMatch(name -> criteria.stream().anyMatch(c -> c.name().equals(name) && c.met()));
  }

  boolean improves() {
    return series.kind().improves(size());
  }

  Found significant(double itsP, double itsQ, Bootstrap simulated) {
    boolean met = itsQ < JumpDefinition.Q;
    Criterion criterion =
        new Criterion(
            SIGNIFICANT,
            met,
            Double.isNaN(itsQ)
                ? "there is no p-value"
                : "q = %.2g (p = %.2g), %s %.2g"
                    .formatted(itsQ, itsP, met ? "below" : "not below", JumpDefinition.Q));
    List<Criterion> all = new java.util.ArrayList<>(criteria);
    all.add(criterion);
    return new Found(
        series,
        onset,
        midpoint,
        end,
        onsetInterval,
        midpointInterval,
        endInterval,
        before,
        after,
        sizeInterval,
        decadesInterval,
        sharp,
        censored,
        widthIsBound,
        isotonicDiffers,
        sharpness,
        noise,
        itsP,
        itsQ,
        simulated,
        List.copyOf(all));
  }

  Jump as(JumpKind kind, double delay, String evidence) {
    double first = series.kind().unscaled(before);
    double last = series.kind().unscaled(after);
    return new Jump(
        series.name(),
        kind,
        step(onset),
        step(midpoint),
        step(end),
        steps(onsetInterval),
        steps(midpointInterval),
        steps(endInterval),
        first,
        last,
        last - first,
        sizeInterval,
        decades(),
        decadesInterval,
        sharp,
        censored,
        widthIsBound,
        isotonicDiffers,
        sharpness,
        noise,
        p,
        q,
        bootstrap,
        delay,
        criteria,
        evidence);
  }

  ChangePoint asChangePoint() {
    DoubleUnaryOperator value = series.kind()::unscaled;
    String reason =
        criteria.stream()
            .filter(criterion -> !criterion.met())
            .map(criterion -> "not " + criterion.name() + ": " + criterion.words())
            .collect(java.util.stream.Collectors.joining("; "));
    return new ChangePoint(
        series.name(),
        step(midpoint),
        value.applyAsDouble(after) - value.applyAsDouble(before),
        steps(midpointInterval),
        p,
        q,
        reason,
        criteria);
  }

  static double step(double place) {
    return Math.pow(10, place);
  }

  private static Interval steps(Interval places) {
    return new Interval(step(places.low()), step(places.high()));
  }
}
