package io.saltus.actors.monitor;

import io.saltus.analysis.monitor.RunMonitor;
import io.saltus.experiment.RunId;
import io.saltus.experiment.event.AnalysisEvent.Remark;
import io.saltus.experiment.event.RunEvent;
import io.saltus.experiment.event.RunEvent.AttemptStarted;
import io.saltus.experiment.event.RunEvent.ForkOrigin;
import io.saltus.experiment.event.RunEvent.HistoryRewound;
import io.saltus.experiment.event.RunEvent.MetricsRecorded;
import io.saltus.experiment.event.RunEvent.RunCancelled;
import io.saltus.experiment.event.RunEvent.RunCompleted;
import io.saltus.experiment.event.RunEvent.RunSubmitted;
import io.saltus.experiment.metric.MetricFrame;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Folds the events of a run, superseded history included, into what a monitor says of it: the same
 * events give the same remarks, whoever folds them and how often.
 *
 * <p>A run that failed or was paused can go on, so nothing is decided there.
 */
final class Commentary {

  private final RunId run;
  private final MonitorJournal journal;
  private final RunMonitor monitor = new RunMonitor();
  private Optional<ForkOrigin> parent = Optional.empty();

  /**
   * @param journal asked again where history was rewound or inherited
   */
  Commentary(RunId run, MonitorJournal journal) {
    this.run = run;
    this.journal = journal;
  }

  /**
   * Folds the next event.
   *
   * @param sequence its number
   */
  List<Remark> on(RunEvent event, long sequence) {
    if (event instanceof MetricsRecorded recorded) {
      return monitor.observe(recorded.frame());
    } else if (event instanceof RunSubmitted submitted) {
      parent = submitted.parent();
    } else if (event instanceof AttemptStarted started) {
      boolean first = monitor.watched().isEmpty();
      monitor.watch(started.catalogue());
      if (first) {
        parent.ifPresent(fork -> monitor.inherit(frames -> journal.inherited(fork, frames)));
      }
    } else if (event instanceof HistoryRewound rewound) {
      return monitor.rewind(rewound.toStep(), frames -> known(sequence, frames));
    } else if (event instanceof RunCompleted completed) {
      return monitor.end(completed.step());
    } else if (event instanceof RunCancelled cancelled) {
      return monitor.end(cancelled.step());
    }
    return List.of();
  }

  /** The frames that counted once history had been rewound by an event, and nothing later. */
  private void known(long rewindSequence, Consumer<? super MetricFrame> frames) {
    NavigableMap<Long, Long> rewinds = new TreeMap<>();
    journal.read(
        run,
        1,
        rewindSequence,
        (event, sequence) -> {
          if (event instanceof HistoryRewound rewound) {
            rewinds.put(sequence, rewound.toStep());
          }
        });
    parent.ifPresent(fork -> journal.inherited(fork, frames));
    journal.read(
        run,
        1,
        rewindSequence,
        (event, sequence) -> {
          if (event instanceof MetricsRecorded recorded) {
            MetricFrame frame = recorded.frame();
            long last =
                rewinds.tailMap(sequence, false).values().stream()
                    .mapToLong(Long::longValue)
                    .min()
                    .orElse(Long.MAX_VALUE);
            if (frame.from() <= last) {
              frames.accept(frame.between(frame.from(), last));
            }
          }
        });
  }
}
