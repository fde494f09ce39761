package io.saltus.analysis.jump;

import io.saltus.experiment.jump.Bootstrap;
import io.saltus.experiment.jump.Criterion;
import io.saltus.experiment.jump.Interval;
import io.saltus.experiment.jump.Sharp;
import java.util.List;
import java.util.Locale;

/** Holds one change against the definition of a jump, criterion by criterion. */
final class Examination {

  private static final int LEAST_EVALUATIONS = 5;
  private static final double AT_BOUND = 0.02;
  private static final double ISOTONIC = 0.25;

  private final MetricSeries series;
  private final LogBins bins;
  private final Ground whole;
  private final NoiseModel noise;
  private final ChangeFit fit;
  private final Richards curve;
  private final double onset;
  private final double end;
  private final double before;
  private final double after;

  private boolean waived;
  private String rates = "";

  Examination(
      MetricSeries series, LogBins bins, Composition composition, NoiseModel noise, ChangeFit fit) {
    this.series = series;
    this.bins = bins;
    this.whole = new Ground(bins, composition.fitted());
    this.noise = noise;
    this.fit = fit;
    this.curve = fit.curve;
    this.onset = curve.crossing(0.1);
    this.end = curve.crossing(0.9);
    this.before = bounded(curve.before());
    this.after = bounded(curve.before() + curve.delta());
  }

  Found found() {
    double spacing = bins.spacing(curve.midpoint());
    boolean bound = end - onset < spacing;
    Interval decades = fit.interval(Richards::width);
    if (bound) {
      decades = new Interval(0, Math.max(spacing, decades.high()));
    }
    double deviation = deviation();
    double size = Math.abs(after - before);
    double ratio = steepness();
    double isotonic = fit.isotonicWidth();
    Criterion sharp = sharp(decades, isotonic, ratio);
    return new Found(
        series,
        onset,
        curve.midpoint(),
        end,
        fit.onset(),
        fit.midpoint(),
        fit.end(),
        before,
        after,
        fit.interval(r -> value(r.before() + r.delta()) - value(r.before())),
        decades,
        sharpness(decades, isotonic, ratio),
        bins.x[bins.size() - 1] - end < JumpDefinition.SETTLED_DECADES,
        bound,
        !bound && Math.abs(isotonic - (end - onset)) > ISOTONIC * (end - onset),
        ratio,
        deviation,
        Double.NaN,
        Double.NaN,
        new Bootstrap(0, 0, 0),
        List.of(
            large(size),
            clear(size, deviation),
            sharp,
            new Criterion(Found.STEEP, ratio >= JumpDefinition.STEEPNESS, rates)));
  }

  private Criterion large(double size) {
    double range = Sizes.range(bins, series.kind(), onset, end);
    double share = range == 0 ? 0 : size / range;
    return new Criterion(
        Found.LARGE,
        share >= JumpDefinition.LARGE,
        words("it changes by %.0f %% of the range, %.3g", 100 * share, range));
  }

  private Criterion clear(double size, double deviation) {
    double local = deviation / Math.max(1e-300, noise.deviation);
    double mean =
        Math.hypot(
            local * noise.ofMean(bins.evaluations(fit.from, onset)),
            local * noise.ofMean(bins.evaluations(end, fit.to)));
    double single = size / Math.max(deviation, 1e-300);
    double plateau = size / Math.max(mean, 1e-300);
    return new Criterion(
        Found.CLEAR,
        single >= JumpDefinition.DEVIATIONS && plateau >= JumpDefinition.DEVIATIONS,
        words(
            "it changes by %.3g deviations of an evaluation, %.3g of the difference of the levels",
            single, plateau));
  }

  private Criterion sharp(Interval decades, double isotonic, double ratio) {
    return new Criterion(
        Found.SHARP,
        sharpness(decades, isotonic, ratio) != Sharp.NO || width(decades, isotonic) != Sharp.NO,
        words(
            "it takes %.2f decades (95 %%: %.2f to %.2f%s), at most %.1f",
            end - onset,
            decades.low(),
            decades.high(),
            width(decades, isotonic) == Sharp.UNCERTAIN && !Double.isNaN(isotonic)
                ? words("; %.2f by isotonic regression", isotonic)
                : "",
            JumpDefinition.SHARP_DECADES));
  }

  /**
   * Whether it is narrow enough. The interval takes the curve's shape to be right; where a curve of
   * any shape lies on the other side of the limit, that is not certain.
   */
  private static Sharp width(Interval decades, double isotonic) {
    double limit = JumpDefinition.SHARP_DECADES;
    if (decades.high() <= limit) {
      return isotonic > limit ? Sharp.UNCERTAIN : Sharp.YES;
    }
    return decades.low() > limit && !(isotonic <= limit) ? Sharp.NO : Sharp.UNCERTAIN;
  }

  private static Sharp sharpness(Interval decades, double isotonic, double ratio) {
    return ratio < JumpDefinition.STEEPNESS ? Sharp.NO : width(decades, isotonic);
  }

  /**
   * The rate inside over the greater one of windows as wide on either side, or wide enough for
   * {@value #LEAST_EVALUATIONS} evaluations.
   */
  private double steepness() {
    double width = Math.max(end - onset, 1e-9);
    double inside = 0.8 * Math.abs(curve.delta()) / width;
    double from = Math.min(onset - width, bins.before(onset, LEAST_EVALUATIONS));
    double to = Math.max(end + width, bins.after(end, LEAST_EVALUATIONS));
    double earlier = beside(Math.max(bins.x[0], from), onset, before);
    double later = beside(end, Math.min(bins.x[bins.size() - 1], to), after);
    double outside = Math.max(earlier, later);
    double ratio = outside == 0 ? Double.POSITIVE_INFINITY : inside / outside;
    rates =
        words("inside it is %.3g times as steep as beside it", ratio)
            + (waived ? " (a side at its bound or with under 5 evaluations does not count)" : "");
    return ratio;
  }

  private double beside(double from, double to, double level) {
    boolean atBound =
        level - series.kind().least() < AT_BOUND || series.kind().greatest() - level < AT_BOUND;
    if (atBound || bins.evaluations(from, to) < LEAST_EVALUATIONS || to <= from) {
      waived = true;
      return 0;
    }
    return Math.abs(fitted(to) - fitted(from)) / (to - from);
  }

  /** The curve here, other changes and the drift further away. */
  private double fitted(double x) {
    return x >= fit.from && x <= fit.to ? curve.at(x) : whole.at(x);
  }

  /** The largest of what the residuals say, rounding and the number of examples. */
  private double deviation() {
    double rounding = bins.quantum / Math.sqrt(12);
    double binomial = Math.max(Sizes.binomial(series, before), Sizes.binomial(series, after));
    return Math.max(fit.deviation, Math.max(rounding, binomial));
  }

  /** A level is none that the surroundings never come to, whatever a curve without plateau says. */
  private double bounded(double level) {
    return Math.max(fit.lowest, Math.min(fit.highest, level));
  }

  /** A level in the metric's own values. */
  private double value(double level) {
    return series.kind().unscaled(bounded(level));
  }

  private static String words(String format, Object... numbers) {
    return String.format(Locale.ROOT, format, numbers);
  }
}
