package io.saltus.app.figure;

import io.saltus.analysis.jump.MetricKind;
import io.saltus.analysis.jump.MetricSeries;
import io.saltus.analysis.jump.SeriesResult;
import io.saltus.experiment.jump.ChangePoint;
import io.saltus.experiment.jump.Interval;
import io.saltus.experiment.jump.Jump;
import java.util.List;
import java.util.Locale;

/**
 * A series over the logarithm of its steps, with what was fitted to it, its jumps as bands from
 * onset to end, and below it what the fit leaves.
 */
final class SeriesFigure {

  private static final int WIDTH = 860;
  private static final int LEFT = 66;
  private static final int RIGHT = 14;
  private static final int TOP = 56;
  private static final int BOTTOM = 300;
  private static final int REST_TOP = 318;
  private static final int REST_BOTTOM = 388;
  private static final int HEIGHT = 432;
  private static final int COLUMNS = WIDTH - LEFT - RIGHT;
  private static final int LABEL_ROWS = 3;
  private static final double LEAST_LOSS = 1e-6;

  private final MetricSeries series;
  private final SeriesResult result;
  private final Markup out = new Markup();
  private final Axis steps;
  private final Axis values;

  private SeriesFigure(MetricSeries series, SeriesResult result) {
    this.series = series;
    this.result = result;
    this.steps = steps(series);
    this.values = values();
  }

  /**
   * @param jumps those of this metric
   * @param changePoints those of this metric
   */
  static Figure of(
      MetricSeries series, SeriesResult result, List<Jump> jumps, List<ChangePoint> changePoints) {
    SeriesFigure figure = new SeriesFigure(series, result);
    figure.grid();
    jumps.forEach(figure::band);
    figure.lines();
    for (int i = 0; i < jumps.size(); i++) {
      figure.label(jumps.get(i), i);
    }
    changePoints.forEach(figure::changePoint);
    figure.residuals();
    return new Figure(series.name() + " over the steps", WIDTH, HEIGHT, figure.out.toString());
  }

  private static Axis steps(MetricSeries series) {
    double first = Double.NaN;
    double last = Double.NaN;
    for (double step : series.steps()) {
      if (step >= 1) {
        first = Double.isNaN(first) ? step : first;
        last = step;
      }
    }
    return Axis.of(Math.log10(first), Math.log10(last), LEFT, WIDTH - RIGHT, true);
  }

  private Axis values() {
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < series.values().length; i++) {
      double value = scaled(series.values()[i]);
      if (Double.isFinite(value) && series.steps()[i] >= 1) {
        low = Math.min(low, value);
        high = Math.max(high, value);
      }
    }
    if (series.kind() == MetricKind.ACCURACY) {
      low = Math.min(low, 0);
      high = Math.max(high, 1);
    }
    double margin = high > low ? 0.03 * (high - low) : 0;
    return Axis.of(low - margin, high + margin, BOTTOM, TOP, series.kind() == MetricKind.LOSS);
  }

  private double scaled(double value) {
    return series.kind() == MetricKind.LOSS ? Math.log10(Math.max(LEAST_LOSS, value)) : value;
  }

  private void grid() {
    for (Axis.Tick tick : values.ticks(6)) {
      double y = values.pixel(tick.at());
      out.format("<path class=\"grid\" d=\"M%d %.1fH%d\"/>", LEFT, y, WIDTH - RIGHT)
          .format("<text class=\"tick\" x=\"%d\" y=\"%.1f\" text-anchor=\"end\">", LEFT - 6, y + 4)
          .text(tick.label())
          .raw("</text>");
    }
    for (Axis.Tick tick : steps.ticks(10)) {
      double x = steps.pixel(tick.at());
      out.format("<path class=\"grid\" d=\"M%.1f %dV%d\"/>", x, TOP, BOTTOM)
          .format("<path class=\"grid\" d=\"M%.1f %dV%d\"/>", x, REST_TOP, REST_BOTTOM);
      if (x < WIDTH - RIGHT - 20) {
        out.format(
                "<text class=\"tick\" x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">",
                x, REST_BOTTOM + 16)
            .text(tick.label())
            .raw("</text>");
      }
    }
    out.format(
        "<text class=\"tick\" x=\"%d\" y=\"%d\" text-anchor=\"end\">step</text>",
        WIDTH - RIGHT, REST_BOTTOM + 34);
  }

  private void band(Jump jump) {
    double from = place(jump.onset());
    double to = place(jump.end());
    if (from <= to) {
      out.format(
          "<rect class=\"band\" x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"%d\"/>",
          from, TOP, Math.max(1, to - from), BOTTOM - TOP);
    }
    if (Double.isFinite(jump.midpoint())) {
      double x = place(jump.midpoint());
      out.format("<path class=\"middle\" d=\"M%.1f %dV%d\"/>", x, TOP, REST_BOTTOM);
    }
    Interval interval = jump.midpointInterval();
    if (!Double.isNaN(interval.low())) {
      out.format(
          "<path class=\"interval\" d=\"M%.1f %dH%.1f\"/>",
          place(interval.low()), TOP, place(interval.high()));
    }
  }

  private void lines() {
    Trace raw = new Trace(COLUMNS);
    for (int i = 0; i < series.steps().length; i++) {
      if (series.steps()[i] >= 1) {
        raw.to(place(series.steps()[i]) - LEFT, values.pixel(scaled(series.values()[i])));
      }
    }
    Trace fitted = new Trace(COLUMNS);
    for (int i = 0; i < result.steps().length; i++) {
      double inside = Math.max(values.low(), Math.min(values.high(), result.fitted()[i]));
      fitted.to(place(result.steps()[i]) - LEFT, values.pixel(inside));
    }
    out.format("<path class=\"raw\" d=\"%s\"/>", raw.path(LEFT))
        .format("<path class=\"fit\" d=\"%s\"/>", fitted.path(LEFT));
  }

  /** Above the picture, in rows, so that neighbours don't cover each other. */
  private void label(Jump jump, int index) {
    double x = place(jump.midpoint());
    int row = index % LABEL_ROWS;
    double y = TOP - 6 - 16.0 * row;
    String anchor = x > WIDTH - 150 ? "end" : x < LEFT + 90 ? "start" : "middle";
    out.format(
            "<text class=\"label\" x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">",
            Math.max(LEFT, Math.min(WIDTH - RIGHT, x)), y, anchor)
        .text(jump.kind().id())
        .raw("</text>");
  }

  private void changePoint(ChangePoint change) {
    if (Double.isFinite(change.step())) {
      out.format("<path class=\"change\" d=\"M%.1f %dV%d\"/>", place(change.step()), TOP, BOTTOM);
    }
  }

  private void residuals() {
    int cells = result.steps().length;
    double most = 0;
    for (int i = 0; i < cells; i++) {
      double rest = Math.abs(result.values()[i] - result.fitted()[i]);
      most = Double.isFinite(rest) ? Math.max(most, rest) : most;
    }
    Axis rests = Axis.of(-most, most, REST_BOTTOM, REST_TOP, false);
    out.format("<path class=\"zero\" d=\"M%d %.1fH%d\"/>", LEFT, rests.pixel(0), WIDTH - RIGHT);
    Trace trace = new Trace(COLUMNS);
    for (int i = 0; i < cells; i++) {
      trace.to(
          place(result.steps()[i]) - LEFT, rests.pixel(result.values()[i] - result.fitted()[i]));
    }
    out.format("<path class=\"rest\" d=\"%s\"/>", trace.path(LEFT));
    for (double end : new double[] {-most, most}) {
      if (most > 0) {
        out.format(
                "<text class=\"tick\" x=\"%d\" y=\"%.1f\" text-anchor=\"end\">",
                LEFT - 6, rests.pixel(end) + (end < 0 ? 2 : 8))
            .text(String.format(Locale.ROOT, "%+.2g", end))
            .raw("</text>");
      }
    }
  }

  /** Where a step is; one outside of the series stands at its end. */
  private double place(double step) {
    double at = Math.log10(step);
    return steps.pixel(Math.max(steps.low(), Math.min(steps.high(), at)));
  }
}
