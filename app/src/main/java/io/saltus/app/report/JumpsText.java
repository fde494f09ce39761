package io.saltus.app.report;

import io.saltus.analysis.jump.SeriesResult;
import io.saltus.app.jumps.JumpTimes;
import io.saltus.app.jumps.RunAnalysis;
import io.saltus.app.text.Figures;
import io.saltus.app.text.Paragraph;
import io.saltus.app.text.TextTable;
import io.saltus.experiment.jump.ChangePoint;
import io.saltus.experiment.jump.Interval;
import io.saltus.experiment.jump.Jump;
import io.saltus.experiment.jump.Sharp;
import io.saltus.experiment.jump.TestedSeries;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Jumps for people, at most 80 columns wide. */
public final class JumpsText {

  private static final int WIDTH = 80;
  private static final String INDENT = "  ";

  private JumpsText() {}

  /** All about one run. */
  public static List<String> lines(RunAnalysis analysis) {
    List<String> lines = new ArrayList<>();
    lines.addAll(
        Paragraph.of(
            "%s: %s, %s in %s up to step %s (%s %d)"
                .formatted(
                    analysis.run(),
                    count(analysis.found().jumps().size(), "jump"),
                    count(analysis.found().changePoints().size(), "other change"),
                    count(analysis.series().size(), "metric"),
                    Figures.whole(analysis.untilStep()),
                    analysis.found().detector(),
                    analysis.found().version()),
            "",
            WIDTH));
    analysis.found().jumps().forEach(jump -> block(lines, jump));
    analysis.found().changePoints().forEach(change -> block(lines, change));
    analysis.found().series().stream()
        .map(SeriesResult::tested)
        .forEach(tested -> withoutP(lines, tested));
    return lines;
  }

  /** Jumps in a few words each; nothing where there are none. */
  public static List<String> table(List<Jump> jumps) {
    if (jumps.isEmpty()) {
      return List.of();
    }
    TextTable table = TextTable.of("jump", ">step", ">decades", "sharp", ">q");
    jumps.forEach(
        jump ->
            table.row(
                jump.kind().id() + " of " + jump.metric(),
                step(jump.midpoint()),
                decades(jump),
                sharp(jump),
                p(jump.q())));
    return table.lines();
  }

  /** The jumps of several runs, one line each, and when they come over the runs. */
  public static List<String> together(List<RunAnalysis> analyses) {
    TextTable runs = TextTable.of("run", "jump", ">step", ">decades", "sharp", ">q");
    for (RunAnalysis analysis : analyses) {
      if (analysis.found().jumps().isEmpty()) {
        runs.row(analysis.run().value(), "none", "", "", "", "");
      }
      for (Jump jump : analysis.found().jumps()) {
        runs.row(
            analysis.run().value(),
            jump.kind().id() + " of " + jump.metric(),
            step(jump.midpoint()),
            decades(jump),
            sharp(jump),
            p(jump.q()));
      }
    }
    List<String> lines = new ArrayList<>(runs.lines());
    List<JumpTimes> times = JumpTimes.of(analyses);
    if (!times.isEmpty()) {
      lines.add("");
      lines.addAll(distribution(times, analyses.size()));
    }
    return lines;
  }

  private static List<String> distribution(List<JumpTimes> times, int runs) {
    TextTable table =
        TextTable.of(
            "step of its midpoint", ">runs", ">least", ">25 %", ">median", ">75 %", ">greatest");
    for (JumpTimes each : times) {
      table.row(
          each.kind().id() + " of " + each.metric(),
          each.runs() + "/" + runs,
          step(each.quantile(0)),
          step(each.quantile(0.25)),
          step(each.quantile(0.5)),
          step(each.quantile(0.75)),
          step(each.quantile(1)));
    }
    return table.lines();
  }

  private static void block(List<String> lines, Jump jump) {
    lines.add("");
    lines.add("%s of %s at step %s".formatted(jump.kind().id(), jump.metric(), at(jump)));
    add(
        lines,
        "step %s to %s: %s decades%s, sharp: %s%s"
            .formatted(
                step(jump.onset()),
                step(jump.end()),
                decades(jump),
                between(jump.decadesInterval(), "%.2f to %.2f"),
                sharp(jump),
                jump.censored() ? "; the series ends too soon after it to be sure" : ""));
    add(
        lines,
        "%s to %s, by %s%s; noise %s"
            .formatted(
                Figures.real(jump.before()),
                Figures.real(jump.after()),
                Figures.real(jump.delta()),
                between(jump.deltaInterval()),
                Figures.real(jump.noise())));
    add(
        lines,
        Double.isNaN(jump.p())
            ? "no p-value"
            : "q %s, p %s of %s replicates"
                .formatted(p(jump.q()), p(jump.p()), Figures.whole(jump.bootstrap().replicates())));
    if (!Double.isNaN(jump.delay())) {
      add(lines, "%.3g times as late as training".formatted(jump.delay()));
    }
    if (!jump.evidence().isEmpty()) {
      add(lines, jump.evidence());
    }
  }

  private static void block(List<String> lines, ChangePoint change) {
    lines.add("");
    lines.add(
        "change of %s at step %s, by %s"
            .formatted(change.metric(), step(change.step()), Figures.real(change.delta())));
    add(
        lines,
        Double.isNaN(change.p())
            ? "no p-value"
            : "q %s, p %s".formatted(p(change.q()), p(change.p())));
    add(lines, change.reason());
  }

  private static void withoutP(List<String> lines, TestedSeries tested) {
    tested
        .noP()
        .ifPresent(
            reason -> {
              lines.add("");
              lines.addAll(
                  Paragraph.of("no p-value for " + tested.metric() + ": " + reason, "", WIDTH));
            });
  }

  private static void add(List<String> lines, String text) {
    lines.addAll(Paragraph.of(text, INDENT, WIDTH));
  }

  private static String at(Jump jump) {
    Interval interval = jump.midpointInterval();
    return step(jump.midpoint())
        + (Double.isNaN(interval.low())
            ? ""
            : " (95 %: " + step(interval.low()) + " to " + step(interval.high()) + ")");
  }

  private static String between(Interval interval) {
    return Double.isNaN(interval.low())
        ? ""
        : " (" + Figures.real(interval.low()) + " to " + Figures.real(interval.high()) + ")";
  }

  private static String between(Interval interval, String format) {
    return Double.isNaN(interval.low())
        ? ""
        : " (" + String.format(Locale.ROOT, format, interval.low(), interval.high()) + ")";
  }

  private static String decades(Jump jump) {
    return Double.isNaN(jump.decades())
        ? "-"
        : (jump.widthIsBound() ? "≤" : "") + String.format(Locale.ROOT, "%.2f", jump.decades());
  }

  static String sharp(Jump jump) {
    return jump.sharp() == Sharp.UNCERTAIN ? "uncertain" : jump.sharp() == Sharp.YES ? "yes" : "no";
  }

  static String step(double step) {
    return Double.isFinite(step) ? Figures.whole(Math.round(step)) : "-";
  }

  static String p(double value) {
    return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%.2g", value);
  }

  private static String count(long number, String noun) {
    return (number == 0 ? "no" : Figures.whole(number)) + " " + noun + (number == 1 ? "" : "s");
  }
}
