package io.saltus.app.figure;

import io.saltus.app.jumps.JumpTimes;
import java.util.List;

/** When jumps come over several runs: one row for each kind of jump of each metric. */
final class TimesFigure {

  private static final int WIDTH = 860;
  private static final int LEFT = 290;
  private static final int RIGHT = 20;
  private static final int TOP = 14;
  private static final int ROW = 34;

  private TimesFigure() {}

  static Figure of(List<JumpTimes> times) {
    double low = Double.POSITIVE_INFINITY;
    double high = 0;
    for (JumpTimes each : times) {
      low = Math.min(low, each.quantile(0));
      high = Math.max(high, each.quantile(1));
    }
    double margin = 0.05 * Math.max(0.2, Math.log10(high / low));
    Axis axis =
        Axis.of(Math.log10(low) - margin, Math.log10(high) + margin, LEFT, WIDTH - RIGHT, true);
    int bottom = TOP + ROW * times.size();
    Markup out = new Markup();
    for (Axis.Tick tick : axis.ticks(8)) {
      double x = axis.pixel(tick.at());
      out.format("<path class=\"grid\" d=\"M%.1f %dV%d\"/>", x, TOP, bottom)
          .format(
              "<text class=\"tick\" x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">", x, bottom + 16)
          .text(tick.label())
          .raw("</text>");
    }
    for (int i = 0; i < times.size(); i++) {
      row(out, times.get(i), axis, TOP + ROW * i + ROW / 2);
    }
    out.format(
        "<text class=\"tick\" x=\"%d\" y=\"%d\" text-anchor=\"end\">step</text>",
        WIDTH - RIGHT, bottom + 32);
    return new Figure("when jumps come, over the runs", WIDTH, bottom + 38, out.toString());
  }

  private static void row(Markup out, JumpTimes times, Axis axis, int y) {
    out.format("<text class=\"name\" x=\"%d\" y=\"%d\" text-anchor=\"end\">", LEFT - 12, y + 4)
        .text(times.kind().id() + " of " + times.metric())
        .raw("</text>");
    double first = axis.pixel(Math.log10(times.quantile(0.25)));
    double third = axis.pixel(Math.log10(times.quantile(0.75)));
    double median = axis.pixel(Math.log10(times.quantile(0.5)));
    out.format(
            "<rect class=\"band\" x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"18\"/>",
            first, y - 9, Math.max(1, third - first))
        .format("<path class=\"middle\" d=\"M%.1f %dV%d\"/>", median, y - 11, y + 11);
    for (double step : times.steps()) {
      out.format(
          "<circle class=\"dot\" cx=\"%.1f\" cy=\"%d\" r=\"3.5\"/>",
          axis.pixel(Math.log10(step)), y);
    }
  }
}
