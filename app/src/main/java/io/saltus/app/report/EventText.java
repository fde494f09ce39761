package io.saltus.app.report;

import io.saltus.app.text.Figures;
import io.saltus.app.text.Printable;
import io.saltus.experiment.event.AuditEvent.RunVerified;
import io.saltus.experiment.event.ProbeEvent.ProbeRecorded;
import io.saltus.experiment.event.RunEvent;
import io.saltus.experiment.event.RunEvent.AttemptEnded;
import io.saltus.experiment.event.RunEvent.AttemptStarted;
import io.saltus.experiment.event.RunEvent.MetricsRecorded;
import io.saltus.experiment.event.RunEvent.RunSubmitted;
import io.saltus.experiment.metric.MetricFrame;
import io.saltus.persistence.runs.BesideEvent;
import io.saltus.persistence.runs.RecordedEvent;
import java.time.Instant;
import java.util.Locale;
import java.util.stream.Collectors;

/** An event of a run as one line of text. */
public final class EventText {

  private EventText() {}

  /** Number, time, type and the main facts; {@code --format json} has all of them. */
  public static String line(RecordedEvent recorded) {
    return line(recorded.sequence(), recorded.time(), recorded.event(), facts(recorded.event()));
  }

  /** As for an event of a run itself. */
  public static String line(BesideEvent<?> beside) {
    return line(beside.sequence(), beside.time(), beside.event(), factsBeside(beside.event()));
  }

  private static String line(long sequence, Instant time, Object event, String facts) {
    String line =
        String.format(
            Locale.ROOT,
            "%6d  %-24s  %-18s  %s",
            sequence,
            time,
            event.getClass().getSimpleName(),
            Printable.of(facts));
    return line.stripTrailing();
  }

  private static String factsBeside(Object event) {
    if (event instanceof RunVerified verified) {
      return steps(verified.fromStep(), verified.untilStep())
          + verified
              .firstDifference()
              .map(
                  first ->
                      ": %s differs at step %s: recorded %s, recomputed %s"
                          .formatted(
                              first.subject(),
                              Figures.whole(first.step()),
                              first.recorded(),
                              first.recomputed()))
              .orElse(": identical");
    }
    if (event instanceof ProbeRecorded probe) {
      return steps(probe.fromStep(), probe.untilStep())
          + " by "
          + probe.provider()
          + " "
          + probe.version()
          + ": "
          + probe.catalogue().metrics().stream()
              .map(metric -> metric.name().value())
              .collect(Collectors.joining(", "));
    }
    return components(event);
  }

  private static String steps(long from, long until) {
    return "steps " + Figures.whole(from) + " to " + Figures.whole(until);
  }

  private static String facts(RunEvent event) {
    if (event instanceof MetricsRecorded recorded) {
      MetricFrame frame = recorded.frame();
      return steps(frame.from(), frame.until());
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
    return components(event);
  }

  private static String components(Object event) {
    String text = event.toString();
    int open = text.indexOf('[');
    return open < 0 ? "" : text.substring(open + 1, text.length() - 1);
  }
}
