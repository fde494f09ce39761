package io.saltus.app.report;

import io.saltus.app.text.Figures;
import io.saltus.app.text.Printable;
import io.saltus.experiment.event.RunEvent;
import io.saltus.experiment.event.RunEvent.AttemptEnded;
import io.saltus.experiment.event.RunEvent.AttemptStarted;
import io.saltus.experiment.event.RunEvent.MetricsRecorded;
import io.saltus.experiment.event.RunEvent.RunSubmitted;
import io.saltus.experiment.metric.MetricFrame;
import io.saltus.persistence.runs.RecordedEvent;
import java.util.Locale;

/** An event of a run as one line of text. */
public final class EventText {

  private EventText() {}

  /** Number, time, type and the main facts; {@code --format json} has all of them. */
  public static String line(RecordedEvent recorded) {
    String line =
        String.format(
            Locale.ROOT,
            "%6d  %-24s  %-18s  %s",
            recorded.sequence(),
            recorded.time(),
            recorded.event().getClass().getSimpleName(),
            Printable.of(facts(recorded.event())));
    return line.stripTrailing();
  }

  private static String facts(RunEvent event) {
    if (event instanceof MetricsRecorded recorded) {
      MetricFrame frame = recorded.frame();
      return "steps " + Figures.whole(frame.from()) + " to " + Figures.whole(frame.until());
    }
    if (event instanceof RunSubmitted submitted) {
      return submitted.spec().experiment() + ", seed " + submitted.spec().seeds().init();
    }
    if (event instanceof AttemptStarted started) {
      return "attempt " + started.attempt() + " on " + started.devices();
    }
    if (event instanceof AttemptEnded ended) {
      return ended.cause().text() + (ended.message().isEmpty() ? "" : ": " + ended.message());
    }
    String text = event.toString();
    int open = text.indexOf('[');
    return open < 0 ? "" : text.substring(open + 1, text.length() - 1);
  }
}
