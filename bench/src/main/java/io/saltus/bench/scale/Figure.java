package io.saltus.bench.scale;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * One line of the table.
 *
 * @param what was measured or counted
 * @param measured in the unit that its name says
 * @param asked how it is to be, empty where nothing is asked
 * @param met whether it is so
 */
record Figure(String what, double measured, String asked, boolean met) {

  /**
   * Of the frames that are due, how many must be journalled: the clocks of trainers drift a bit.
   */
  private static final double PACE = 0.98;

  private static final Map<String, Double> LIMITS =
      Map.of(LivePart.RECOVERY, 5.0, LivePart.HEAP, 1024.0, FinishedPart.secondsOf("runs"), 1.0);

  /** Of trainers that were live and killed. */
  static List<Figure> of(LivePart.Result result, ScaleOptions options) {
    double due = PACE * options.trainers() * options.hertz();
    List<Figure> figures = new ArrayList<>();
    result
        .measured()
        .forEach(
            (what, value) ->
                figures.add(
                    what.equals(LivePart.RATE) ? atLeast(what, value, due) : said(what, value)));
    Aftermath aftermath = result.aftermath();
    figures.add(new Figure("frames read back, each compared", aftermath.frames(), "", true));
    figures.add(exactly("acknowledged events that are not there", aftermath.lost(), 0));
    figures.add(exactly("frames that are missing, doubled or other ones", aftermath.wrong(), 0));
    figures.add(exactly("runs that wait in the queue", aftermath.waiting(), options.queued()));
    figures.add(exactly("runs that were at work", aftermath.interrupted(), options.trainers()));
    return figures;
  }

  /** Of a home of finished runs. */
  static List<Figure> ofFinished(Map<String, Double> measured) {
    return measured.entrySet().stream().map(each -> said(each.getKey(), each.getValue())).toList();
  }

  private static Figure said(String what, double value) {
    Double limit = LIMITS.get(what);
    return limit == null
        ? new Figure(what, value, "", true)
        : new Figure(what, value, "≤ " + Math.round(limit), value <= limit);
  }

  private static Figure atLeast(String what, double value, double least) {
    return new Figure(
        what, value, String.format(Locale.ROOT, "≥ %,d", Math.round(least)), value >= least);
  }

  private static Figure exactly(String what, long number, long expected) {
    return new Figure(
        what, number, String.format(Locale.ROOT, "%,d", expected), number == expected);
  }

  /** The row of a Markdown table. */
  String row() {
    boolean whole = measured == Math.rint(measured);
    return String.format(
        Locale.ROOT,
        whole ? "| %s | %,.0f | %s | %s |" : "| %s | %,.3f | %s | %s |",
        what,
        measured,
        asked,
        asked.isEmpty() ? "" : met ? "yes" : "**no**");
  }
}
