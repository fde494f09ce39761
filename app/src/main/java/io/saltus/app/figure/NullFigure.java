package io.saltus.app.figure;

import io.saltus.analysis.jump.SeriesResult;
import io.saltus.app.text.Figures;
import java.util.Arrays;
import java.util.Optional;

/** The greatest scores of simulated series without a jump, and that of the series itself. */
final class NullFigure {

  private static final int WIDTH = 420;
  private static final int HEIGHT = 176;
  private static final int LEFT = 14;
  private static final int RIGHT = 14;
  private static final int TOP = 30;
  private static final int BOTTOM = 132;
  private static final int BARS = 40;
  private static final double FAR = 3;

  private NullFigure() {}

  /** Nothing where nothing was simulated. */
  static Optional<Figure> of(SeriesResult result) {
    double[] scores = result.nullScores();
    if (scores.length == 0 || !Double.isFinite(result.score())) {
      return Optional.empty();
    }
    double least = scores[0];
    double most = scores[scores.length - 1];
    // A score that is far off would press the distribution into a line: it is drawn at the edge.
    double edge = least + FAR * Math.max(1e-9, most - least);
    boolean beyond = result.score() > edge;
    double high = Math.max(most, Math.min(edge, result.score()));
    double low = Math.min(least, result.score());
    Axis axis = Axis.of(low, high, LEFT, WIDTH - RIGHT - 10.0, false);
    Markup out = new Markup();
    bars(out, scores, axis);
    out.format("<path class=\"zero\" d=\"M%d %dH%d\"/>", LEFT, BOTTOM, WIDTH - RIGHT);
    for (Axis.Tick tick : axis.ticks(6)) {
      out.format(
              "<text class=\"tick\" x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">",
              axis.pixel(tick.at()), BOTTOM + 16)
          .text(tick.label())
          .raw("</text>");
    }
    double x = axis.pixel(Math.min(high, result.score()));
    String anchor = x > WIDTH / 2.0 ? "end" : "start";
    out.format("<path class=\"score\" d=\"M%.1f %dV%d\"/>", x, TOP - 6, BOTTOM)
        .format(
            "<text class=\"observed\" x=\"%.1f\" y=\"%d\" text-anchor=\"%s\">",
            anchor.equals("end") ? Math.min(WIDTH - 2.0, x + 6) : Math.max(2, x - 6),
            TOP - 12,
            anchor)
        .text((beyond ? "observed, far beyond: " : "observed: ") + Figures.real(result.score()))
        .raw("</text>")
        .format(
            "<text class=\"tick\" x=\"%d\" y=\"%d\">greatest score of %,d series of drift and"
                + " noise</text>",
            LEFT, HEIGHT - 8, scores.length);
    return Optional.of(
        new Figure(
            "null distribution of " + result.tested().metric(), WIDTH, HEIGHT, out.toString()));
  }

  private static void bars(Markup out, double[] scores, Axis axis) {
    double least = scores[0];
    double width = Math.max(1e-12, (scores[scores.length - 1] - least) / BARS);
    int[] counts = new int[BARS];
    for (double score : scores) {
      counts[Math.min(BARS - 1, (int) ((score - least) / width))]++;
    }
    int most = Arrays.stream(counts).max().orElse(1);
    for (int i = 0; i < BARS; i++) {
      double height = (BOTTOM - TOP) * (double) counts[i] / most;
      double x = axis.pixel(least + i * width);
      double next = axis.pixel(least + (i + 1) * width);
      if (counts[i] > 0) {
        out.format(
            "<rect class=\"bar\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\"/>",
            x, BOTTOM - height, Math.max(0.5, next - x - 0.3), height);
      }
    }
  }
}
