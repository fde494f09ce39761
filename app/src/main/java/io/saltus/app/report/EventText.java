package io.saltus.app.report;

import io.saltus.app.json.RecordJson;
import io.saltus.app.text.Figures;
import io.saltus.app.text.Printable;
import io.saltus.experiment.event.AnalysisEvent;
import io.saltus.experiment.event.AttemptEnd;
import io.saltus.experiment.event.AuditEvent.RunVerified;
import io.saltus.experiment.event.ProbeEvent.ProbeRecorded;
import io.saltus.experiment.event.RunEvent;
import io.saltus.experiment.event.RunEvent.AttemptEnded;
import io.saltus.experiment.event.RunEvent.AttemptStarted;
import io.saltus.experiment.event.RunEvent.MetricsRecorded;
import io.saltus.experiment.event.RunEvent.RunImported;
import io.saltus.experiment.event.RunEvent.RunSubmitted;
import io.saltus.experiment.event.StudyEvent;
import io.saltus.experiment.metric.MetricFrame;
import io.saltus.experiment.spec.ExperimentSpec;
import io.saltus.experiment.spec.Study;
import io.saltus.experiment.spec.UntilRule;
import io.saltus.persistence.runs.BesideEvent;
import io.saltus.persistence.runs.RecordedEvent;
import io.saltus.persistence.studies.StudyReader;
import java.lang.reflect.RecordComponent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** An event of a run or a study as one line of text. */
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

  /** As for an event of a run. */
  public static String line(StudyReader.Recorded recorded) {
    return line(recorded.sequence(), recorded.time(), recorded.event(), facts(recorded.event()));
  }

  private static String facts(StudyEvent event) {
    if (event instanceof StudyEvent.StudySubmitted submitted) {
      return axes(submitted.spec());
    }
    return event instanceof StudyEvent.StudyWidened widened
        ? axes(widened.spec())
        : components((Record) event);
  }

  private static String axes(ExperimentSpec spec) {
    Study study = spec.study().orElseThrow();
    return spec.experiment() + ", axes " + study.axes() + ", seeds " + study.seeds();
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
    return event instanceof AnalysisEvent analysis
        ? AnalysisText.facts(analysis)
        : components((Record) event);
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
    if (event instanceof RunImported imported) {
      return imported.experiment() + ", from " + imported.origin().name().toLowerCase(Locale.ROOT);
    }
    if (event instanceof AttemptStarted started) {
      return "attempt " + started.attempt() + " on " + started.devices();
    }
    if (event instanceof AttemptEnded ended) {
      return ended.cause().text() + (ended.message().isEmpty() ? "" : ": " + ended.message());
    }
    return components((Record) event);
  }

  /** What it consists of, by name, where it says anything: {@code step 200, reason SIGINT}. */
  private static String components(Record record) {
    List<String> facts = new ArrayList<>();
    for (RecordComponent component : record.getClass().getRecordComponents()) {
      text(RecordJson.value(record, component))
          .ifPresent(text -> facts.add(component.getName() + " " + text));
    }
    return String.join(", ", facts);
  }

  private static Optional<String> text(@Nullable Object value) {
    if (value instanceof Optional<?> optional) {
      return text(optional.orElse(null));
    }
    if (value instanceof UntilRule rule) {
      return Optional.of(RunText.rule(rule));
    }
    if (value instanceof AttemptEnd end) {
      return Optional.of(end.text());
    }
    if (value instanceof Long number) {
      return Optional.of(Figures.whole(number));
    }
    return Optional.ofNullable(value)
        .map(Object::toString)
        .filter(text -> !text.isEmpty() && !text.equals("{}") && !text.equals("[]"));
  }
}
