package io.saltus.bench.scale;

import io.saltus.bench.ground.Figure;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What comes out, beside what is asked. */
final class ScaleFigures {

  /**
   * Of the frames that are due, how many must be journalled: the clocks of trainers drift a bit.
   */
  private static final double PACE = 0.98;

  private static final Map<String, Double> LIMITS =
      Map.of(LivePart.RECOVERY, 5.0, LivePart.HEAP, 1024.0, FinishedPart.secondsOf("runs"), 1.0);

  private ScaleFigures() {}

  /**
   * Of trainers that were live and killed.
   *
   * @param load of the machine when that began
   */
  static List<Figure> of(LivePart.Result result, ScaleOptions options, double load) {
    double due = PACE * options.trainers() * options.hertz();
    List<Figure> figures = new ArrayList<>();
    result
        .measured()
        .forEach(
            (what, value) ->
                figures.add(
                    what.equals(LivePart.RATE)
                        ? Figure.atLeast(what, value, due, "", load)
                        : said(what, value, load)));
    Aftermath aftermath = result.aftermath();
    figures.add(Figure.said("frames read back, each compared", aftermath.frames(), "", "", load));
    figures.add(Figure.none("acknowledged events that are not there", aftermath.lost(), load));
    figures.add(
        Figure.none("frames that are missing, doubled or other ones", aftermath.wrong(), load));
    figures.add(
        Figure.exactly("runs that wait in the queue", aftermath.waiting(), options.queued(), load));
    figures.add(
        Figure.exactly(
            "runs that were at work", aftermath.interrupted(), options.trainers(), load));
    return figures;
  }

  /**
   * Of a home of finished runs.
   *
   * @param load of the machine when that began
   */
  static List<Figure> ofFinished(Map<String, Double> measured, double load) {
    return measured.entrySet().stream()
        .map(each -> said(each.getKey(), each.getValue(), load))
        .toList();
  }

  private static Figure said(String what, double value, double load) {
    Double limit = LIMITS.get(what);
    return limit == null
        ? Figure.said(what, value, "", "", load)
        : Figure.atMost(what, value, limit, "", load);
  }
}
