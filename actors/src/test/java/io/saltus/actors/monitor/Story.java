package io.saltus.actors.monitor;

import io.saltus.experiment.RunId;
import io.saltus.experiment.event.AnalysisEvent;
import io.saltus.experiment.event.AnalysisEvent.Remark;
import io.saltus.experiment.event.RunEvent;
import io.saltus.experiment.metric.Catalogue;
import io.saltus.experiment.metric.ColumnKind;
import io.saltus.experiment.metric.F64Column;
import io.saltus.experiment.metric.MetricDescriptor;
import io.saltus.experiment.metric.MetricFrame;
import io.saltus.experiment.metric.MetricName;
import io.saltus.experiment.metric.Steps;
import io.saltus.experiment.provenance.Fingerprint;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.LongStream;

/**
 * A run that memorises until step 700, stumbles once, is rewound behind its jump and goes on to its
 * end; and what a monitor says of it that nothing disturbs.
 */
final class Story {

  static final RunId RUN = new RunId("a");
  static final MetricName ACCURACY = MetricName.accuracyOf("validation");
  private static final MetricName LOSS = MetricName.lossOf("validation");
  private static final int FRAME = 25;
  private static final long REWOUND_FROM = 1_299;
  private static final long REWOUND_TO = 799;
  private static final long LAST = 1_399;

  private static final Story ONLY = new Story();

  private final List<RunEvent> events = new ArrayList<>();
  private final List<AnalysisEvent> said = new ArrayList<>();

  private Story() {
    events.add(
        new RunEvent.AttemptStarted(
            1,
            List.of(),
            -1,
            new Fingerprint(new TreeMap<>(), new TreeMap<>()),
            new Catalogue(List.of(descriptor(ACCURACY), descriptor(LOSS)))));
    record(0, REWOUND_FROM);
    events.add(new RunEvent.HistoryRewound(1, REWOUND_TO));
    record(REWOUND_TO + 1, LAST);
    events.add(new RunEvent.RunCompleted(LAST, Optional.empty()));
    MemoryJournal journal = new MemoryJournal(events);
    journal.durable(events.size());
    Commentary commentary = new Commentary(RUN, journal);
    for (int i = 0; i < events.size(); i++) {
      for (Remark remark : commentary.on(events.get(i), i + 1)) {
        said.add(remark);
      }
    }
  }

  /** The events, from number 1. */
  static List<RunEvent> events() {
    return ONLY.events;
  }

  /** What an undisturbed monitor says. */
  static List<AnalysisEvent> said() {
    return ONLY.said;
  }

  private void record(long first, long last) {
    for (long from = first; from <= last; from += FRAME) {
      events.add(new RunEvent.MetricsRecorded(1, frame(from, from + FRAME - 1)));
    }
  }

  private static MetricFrame frame(long from, long until) {
    Steps steps = Steps.of(LongStream.rangeClosed(from, until).toArray());
    double[] accuracy = new double[FRAME];
    double[] loss = new double[FRAME];
    for (int i = 0; i < FRAME; i++) {
      long step = from + i;
      double noise = 0.005 * new SplittableRandom(step).nextGaussian();
      accuracy[i] = (step < 700 ? 0.1 : 0.9) + noise;
      loss[i] = (step > 610 && step < 650 ? 8 : 1) + noise;
    }
    return new MetricFrame(
        from,
        until,
        List.of(new F64Column(ACCURACY, steps, accuracy), new F64Column(LOSS, steps, loss)));
  }

  private static MetricDescriptor descriptor(MetricName name) {
    return new MetricDescriptor(
        name, "validation", ColumnKind.F64, 1, "", "every step", true, true);
  }
}
