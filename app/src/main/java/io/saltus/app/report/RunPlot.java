package io.saltus.app.report;

import io.saltus.app.plot.Line;
import io.saltus.app.plot.StepAxis;
import io.saltus.app.plot.Style;
import io.saltus.app.plot.TerminalPlot;
import io.saltus.app.plot.ValueAxis;
import io.saltus.experiment.metric.Column;
import io.saltus.experiment.metric.MetricFrame;
import io.saltus.experiment.metric.MetricName;
import io.saltus.experiment.metric.ScalarColumn;
import io.saltus.persistence.projection.MetricStats;
import io.saltus.persistence.projection.RunState;
import io.saltus.persistence.runs.RecordedFrame;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A run's picture: training and validation together, accuracy where there is one, else loss. */
public final class RunPlot {

  private static final List<String> MEASURES = List.of("accuracy", "loss");
  private static final List<String> TRAINING = List.of("train", "train-set");

  private RunPlot() {}

  /**
   * Draws it.
   *
   * @param frames the run's current history, in order
   * @param width in characters
   * @return its lines; none when there is nothing to draw
   */
  public static List<String> draw(
      RunView view, Iterator<RecordedFrame> frames, int width, boolean colours) {
    RunState state = view.state();
    Map<MetricName, Style> shown = shown(state.recorded().metrics().keySet());
    if (shown.isEmpty() || state.step() < 1) {
      return List.of();
    }
    StepAxis steps = new StepAxis(state.step(), view.spec().plot().logSteps());
    TerminalPlot plot = new TerminalPlot(width, steps, values(state, shown.keySet()), colours);
    Map<MetricName, Line> lines = new LinkedHashMap<>();
    shown.forEach((name, style) -> lines.put(name, plot.line(name.value(), style)));
    while (frames.hasNext()) {
      draw(frames.next().frame(), lines);
    }
    return plot.render();
  }

  /** The main metrics of a catalogue or a state: one of training, one of validation. */
  public static List<MetricName> main(Set<MetricName> recorded) {
    return List.copyOf(shown(recorded).keySet());
  }

  private static void draw(MetricFrame frame, Map<MetricName, Line> lines) {
    for (Column column : frame.columns()) {
      Line line = lines.get(column.name());
      if (line != null && column instanceof ScalarColumn scalar) {
        for (int place = 0; place < scalar.size(); place++) {
          line.to(scalar.steps().at(place), scalar.asDouble(place));
        }
      }
    }
  }

  private static Map<MetricName, Style> shown(Set<MetricName> recorded) {
    for (String measure : MEASURES) {
      Map<MetricName, Style> shown = new LinkedHashMap<>();
      training(recorded, measure).ifPresent(name -> shown.put(name, Style.FINE));
      evaluated(recorded, measure).ifPresent(name -> shown.put(name, Style.STRONG));
      if (!shown.isEmpty()) {
        return shown;
      }
    }
    return Map.of();
  }

  private static Optional<MetricName> training(Set<MetricName> recorded, String measure) {
    return TRAINING.stream()
        .map(split -> new MetricName(split + "." + measure))
        .filter(recorded::contains)
        .findFirst();
  }

  private static Optional<MetricName> evaluated(Set<MetricName> recorded, String measure) {
    List<MetricName> candidates = new ArrayList<>();
    candidates.add(new MetricName("validation." + measure));
    recorded.stream()
        .filter(name -> name.value().endsWith("." + measure))
        .filter(name -> TRAINING.stream().noneMatch(split -> name.value().startsWith(split + ".")))
        .sorted()
        .forEach(candidates::add);
    return candidates.stream().filter(recorded::contains).findFirst();
  }

  private static ValueAxis values(RunState state, Set<MetricName> shown) {
    if (shown.stream().allMatch(MetricName::isAccuracy)) {
      return ValueAxis.shares();
    }
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (MetricName name : shown) {
      MetricStats stats = state.recorded().metrics().get(name);
      if (stats != null) {
        low = Math.min(low, stats.min().asDouble());
        high = Math.max(high, stats.max().asDouble());
      }
    }
    return new ValueAxis(Math.min(low, Math.max(0, low)), high);
  }
}
