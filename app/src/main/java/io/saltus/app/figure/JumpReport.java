package io.saltus.app.figure;

import io.saltus.analysis.jump.MetricSeries;
import io.saltus.analysis.jump.RunContext.KnownChange;
import io.saltus.analysis.jump.RunJumps;
import io.saltus.analysis.jump.SeriesResult;
import io.saltus.app.jumps.JumpTimes;
import io.saltus.app.jumps.RunAnalysis;
import io.saltus.app.text.Figures;
import io.saltus.experiment.event.AnalysisEvent.Parameter;
import io.saltus.experiment.jump.ChangePoint;
import io.saltus.experiment.jump.Jump;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What was found in runs, as one file that needs nothing else: no script, no font, no network. It
 * is drawn for light and dark screens and for paper.
 */
public final class JumpReport {

  private static final int WIDTH = 900;
  private static final int MARGIN = 20;
  private static final int HEADING = 26;

  private JumpReport() {}

  /** A page with tables and figures. */
  public static String html(List<RunAnalysis> analyses) {
    String title = title(analyses);
    Markup out =
        new Markup()
            .raw("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\n")
            .raw("<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n")
            .element("<title>", title, "</title>\n")
            .raw("<style>\n")
            .raw(Styles.FIGURES)
            .raw(Styles.PAGE)
            .raw("</style></head><body>\n")
            .element("<h1>", title, "</h1>\n");
    if (analyses.size() > 1) {
      together(out, analyses);
    }
    analyses.forEach(analysis -> run(out, analysis));
    return out.raw("</body></html>\n").toString();
  }

  /** The figures alone, one below the other. */
  public static String svg(List<RunAnalysis> analyses) {
    Markup body = new Markup();
    int y = MARGIN + HEADING;
    body.format("<text class=\"title\" x=\"%d\" y=\"%d\">", MARGIN, y)
        .text(title(analyses))
        .raw("</text>\n");
    y += MARGIN;
    List<JumpTimes> times = JumpTimes.of(analyses);
    if (analyses.size() > 1 && !times.isEmpty()) {
      Figure figure = TimesFigure.of(times);
      body.raw(figure.at(MARGIN, y));
      y += figure.height() + MARGIN;
    }
    for (RunAnalysis analysis : analyses) {
      for (int k = 0; k < analysis.series().size(); k++) {
        y += HEADING;
        body.format("<text class=\"heading\" x=\"%d\" y=\"%d\">", MARGIN, y)
            .text(analysis.run() + ": " + analysis.series().get(k).name())
            .raw("</text>\n");
        y += 8;
        Figure figure = figure(analysis, k);
        body.raw(figure.at(MARGIN, y));
        y += figure.height();
        SeriesResult result = analysis.found().series().get(k);
        Figure below = NullFigure.of(result).orElse(null);
        if (below != null) {
          body.raw(below.at(MARGIN, y));
          y += below.height();
        }
      }
    }
    y += MARGIN;
    return new Markup()
        .raw("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n")
        .format(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\""
                + " viewBox=\"0 0 %d %d\">\n<style>\n",
            WIDTH, y, WIDTH, y)
        .raw(Styles.FIGURES)
        .raw("</style>\n<rect class=\"page\" width=\"100%\" height=\"100%\"/>\n")
        .raw(body.toString())
        .raw("</svg>\n")
        .toString();
  }

  private static String title(List<RunAnalysis> analyses) {
    return analyses.size() == 1
        ? "Jumps of " + analyses.get(0).run()
        : "Jumps of " + analyses.size() + " runs";
  }

  private static void together(Markup out, List<RunAnalysis> analyses) {
    out.raw(ReportTables.runs(analyses));
    List<JumpTimes> times = JumpTimes.of(analyses);
    if (!times.isEmpty()) {
      out.raw("<figure>")
          .raw(TimesFigure.of(times).inPage())
          .raw("<figcaption>The midpoint of the first such jump of each run; the bar goes from the")
          .raw(
              " first to the third quartile, the broken line is the median.</figcaption></figure>\n")
          .raw(ReportTables.times(times));
    }
  }

  private static void run(Markup out, RunAnalysis analysis) {
    RunJumps found = analysis.found();
    out.element("<h2>", analysis.run().value(), "</h2>\n")
        .element(
            "<p class=\"soft\">",
            "Up to step %s. Detector %s %d with %s."
                .formatted(
                    Figures.whole(analysis.untilStep()),
                    found.detector(),
                    found.version(),
                    analysis.parameters().stream()
                        .map(JumpReport::words)
                        .collect(Collectors.joining(", "))),
            "</p>\n");
    for (KnownChange change : analysis.context().changes()) {
      out.element(
          "<p class=\"soft\">",
          "Known: at step %s %s."
              .formatted(Figures.whole(Math.round(change.step())), change.what()),
          "</p>\n");
    }
    out.raw(
        found.jumps().isEmpty()
            ? "<p>No jumps were found.</p>\n"
            : ReportTables.jumps(found.jumps()));
    if (!found.changePoints().isEmpty()) {
      out.raw(ReportTables.changePoints(found.changePoints()));
    }
    out.element("<p class=\"soft\">", Assumptions.of(analysis), "</p>\n")
        .raw(
            "<p class=\"soft\">In the pictures: grey, what was recorded, with every extreme; blue,")
        .raw(" drift and changes as fitted; bands, onset to end of jumps; broken lines, their")
        .raw(" midpoints, with 95 % intervals on top; dotted lines, change points; below, what the")
        .raw(" fit leaves, on the scale on which changes count.</p>\n");
    for (int k = 0; k < analysis.series().size(); k++) {
      metric(out, analysis, k);
    }
  }

  private static String words(Parameter parameter) {
    return parameter.name() + " " + parameter.value();
  }

  private static void metric(Markup out, RunAnalysis analysis, int k) {
    SeriesResult result = analysis.found().series().get(k);
    out.raw("<section>")
        .element("<h3>", analysis.series().get(k).name(), "</h3>\n")
        .element("<p class=\"soft\">", ReportTables.facts(result.tested()), "</p>\n")
        .raw("<figure>")
        .raw(figure(analysis, k).inPage())
        .raw("</figure>\n");
    NullFigure.of(result)
        .ifPresent(figure -> out.raw("<figure>").raw(figure.inPage()).raw("</figure>\n"));
    out.raw("</section>\n");
  }

  private static Figure figure(RunAnalysis analysis, int k) {
    MetricSeries series = analysis.series().get(k);
    RunJumps found = analysis.found();
    List<Jump> jumps =
        found.jumps().stream().filter(jump -> jump.metric().equals(series.name())).toList();
    List<ChangePoint> changes =
        found.changePoints().stream()
            .filter(change -> change.metric().equals(series.name()))
            .toList();
    return SeriesFigure.of(series, found.series().get(k), jumps, changes);
  }
}
