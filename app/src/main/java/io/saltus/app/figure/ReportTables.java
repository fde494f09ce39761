package io.saltus.app.figure;

import io.saltus.app.jumps.JumpTimes;
import io.saltus.app.jumps.RunAnalysis;
import io.saltus.app.text.Figures;
import io.saltus.experiment.jump.ChangePoint;
import io.saltus.experiment.jump.Interval;
import io.saltus.experiment.jump.Jump;
import io.saltus.experiment.jump.Sharp;
import io.saltus.experiment.jump.TestedSeries;
import java.util.List;
import java.util.Locale;

/** The tables of a report as HTML; a heading that begins with {@code >} is that of numbers. */
final class ReportTables {

  private ReportTables() {}

  static String jumps(List<Jump> jumps) {
    Table table =
        new Table(
            "jump",
            ">midpoint",
            ">onset – end",
            ">decades",
            "sharp",
            ">before → after",
            ">noise",
            ">p",
            ">q");
    for (Jump jump : jumps) {
      table.row(
          jump.kind().id() + " of " + jump.metric(),
          step(jump.midpoint()) + steps(jump.midpointInterval()),
          step(jump.onset()) + " – " + step(jump.end()),
          (jump.widthIsBound() ? "≤ " : "") + two(jump.decades()) + twos(jump.decadesInterval()),
          sharp(jump) + (jump.censored() ? ", censored" : ""),
          Figures.real(jump.before()) + " → " + Figures.real(jump.after()),
          Figures.real(jump.noise()),
          p(jump.p()),
          p(jump.q()));
      table.below(jump.evidence());
    }
    return table.end();
  }

  static String changePoints(List<ChangePoint> changes) {
    Table table = new Table("change point", ">step", ">change", ">p", ">q", "why it is no jump");
    for (ChangePoint change : changes) {
      table.row(
          change.metric(),
          step(change.step()) + steps(change.interval()),
          Figures.real(change.delta()),
          p(change.p()),
          p(change.q()),
          change.reason());
    }
    return table.end();
  }

  /** The jumps of several runs, one line each. */
  static String runs(List<RunAnalysis> analyses) {
    Table table = new Table("run", "jump", ">midpoint", ">decades", "sharp", ">q");
    for (RunAnalysis analysis : analyses) {
      if (analysis.found().jumps().isEmpty()) {
        table.row(analysis.run().value(), "none", "", "", "", "");
      }
      for (Jump jump : analysis.found().jumps()) {
        table.row(
            analysis.run().value(),
            jump.kind().id() + " of " + jump.metric(),
            step(jump.midpoint()) + steps(jump.midpointInterval()),
            two(jump.decades()),
            sharp(jump),
            p(jump.q()));
      }
    }
    return table.end();
  }

  static String times(List<JumpTimes> times) {
    Table table = new Table("jump", ">runs", ">least", ">25 %", ">median", ">75 %", ">greatest");
    for (JumpTimes each : times) {
      table.row(
          each.kind().id() + " of " + each.metric(),
          Integer.toString(each.runs()),
          step(each.quantile(0)),
          step(each.quantile(0.25)),
          step(each.quantile(0.5)),
          step(each.quantile(0.75)),
          step(each.quantile(1)));
    }
    return table.end();
  }

  /** What is true of a metric as a whole, in a sentence. */
  static String facts(TestedSeries tested) {
    return tested
            .noP()
            .map(reason -> "no p-value: " + reason)
            .orElseGet(
                () ->
                    "p %s, q %s, worth %s independent evaluations"
                        .formatted(
                            p(tested.p()),
                            p(tested.q()),
                            Figures.whole(Math.round(tested.effective()))))
        + String.format(
            Locale.ROOT,
            "; noise %s, correlation of neighbours %.2f",
            Figures.real(tested.noise()),
            tested.ar1());
  }

  private static String step(double step) {
    return Double.isFinite(step) ? Figures.whole(Math.round(step)) : "–";
  }

  private static String steps(Interval interval) {
    return Double.isNaN(interval.low())
        ? ""
        : " (" + step(interval.low()) + " – " + step(interval.high()) + ")";
  }

  private static String two(double value) {
    return Double.isNaN(value) ? "–" : String.format(Locale.ROOT, "%.2f", value);
  }

  private static String twos(Interval interval) {
    return Double.isNaN(interval.low())
        ? ""
        : " (" + two(interval.low()) + " – " + two(interval.high()) + ")";
  }

  private static String p(double value) {
    return Double.isNaN(value) ? "–" : String.format(Locale.ROOT, "%.2g", value);
  }

  private static String sharp(Jump jump) {
    return jump.sharp() == Sharp.UNCERTAIN ? "uncertain" : jump.sharp() == Sharp.YES ? "yes" : "no";
  }

  /** Rows of data under headings of ours. */
  private static final class Table {

    private final Markup out = new Markup();
    private final String[] headings;

    Table(String... headings) {
      this.headings = headings;
      out.raw("<div class=\"scroll\"><table><thead><tr>");
      for (String heading : headings) {
        out.element(open("th", heading), heading.replaceFirst("^>", ""), "</th>");
      }
      out.raw("</tr></thead><tbody>\n");
    }

    void row(String... cells) {
      out.raw("<tr>");
      for (int i = 0; i < cells.length; i++) {
        out.element(open("td", headings[i]), cells[i], "</td>");
      }
      out.raw("</tr>\n");
    }

    /** Words on the row above, over all columns. */
    void below(String words) {
      out.format("<tr class=\"below\"><td colspan=\"%d\">", headings.length)
          .text(words)
          .raw("</td></tr>\n");
    }

    String end() {
      return out.raw("</tbody></table></div>\n").toString();
    }

    private String open(String tag, String heading) {
      if (heading.startsWith(">")) {
        return "<" + tag + " class=\"number\">";
      }
      boolean last = heading.equals(headings[headings.length - 1]) && heading.length() > 5;
      return last ? "<" + tag + " class=\"words\">" : "<" + tag + ">";
    }
  }
}
