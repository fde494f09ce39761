package io.saltus.actors.reexecution;

import io.saltus.experiment.RunId;
import io.saltus.experiment.Sha256;
import io.saltus.experiment.event.RunEvent;
import io.saltus.experiment.metric.MetricFrame;
import io.saltus.persistence.projection.RunState;
import io.saltus.persistence.read.JournalReader;
import io.saltus.persistence.runs.RecordedEvent;
import io.saltus.persistence.runs.RunReader;
import io.saltus.persistence.runs.StepRange;
import java.time.Instant;
import java.util.Iterator;
import java.util.SortedMap;
import java.util.TreeMap;

/** A history in a journal. */
public final class JournalHistory implements RecordedHistory {

  private static final long FEW = 32;

  private final Runnable closing;
  private final RunReader runs;
  private final RunId run;

  /**
   * @param journal closed with this
   * @param run whose history
   */
  public JournalHistory(JournalReader journal, RunId run) {
    this.closing = journal::close;
    this.runs = new RunReader(journal);
    this.run = run;
  }

  /**
   * As somebody else's journal stands.
   *
   * @param runs stays the caller's
   */
  public JournalHistory(RunReader runs, RunId run) {
    this.closing = () -> {};
    this.runs = runs;
    this.run = run;
  }

  @Override
  public RunState state() {
    return runs.state(run);
  }

  @Override
  public Iterator<MetricFrame> frames(StepRange range) {
    return runs.deterministicFrames(run, range);
  }

  @Override
  public SortedMap<Long, Sha256> savedStates(StepRange range) {
    return runs.savedStates(run, range);
  }

  @Override
  public SortedMap<Integer, Instant> ends() {
    long last = runs.state(run).lastSequence();
    // They are the last events of most runs, so the others are not read for them.
    for (long count = FEW; ; count *= FEW) {
      long first = Math.max(1, last - count + 1);
      SortedMap<Integer, Instant> ends = new TreeMap<>();
      boolean framed = false;
      Iterator<RecordedEvent> events = runs.outlines(run, first, last);
      while (events.hasNext()) {
        RecordedEvent each = events.next();
        if (each.event() instanceof RunEvent.MetricsRecorded) {
          framed = true;
          ends.clear();
        } else if (each.event() instanceof RunEvent.AttemptEnded ended) {
          ends.put(ended.attempt(), each.time());
        }
      }
      if (framed || first == 1) {
        return ends;
      }
    }
  }

  @Override
  public void close() {
    closing.run();
  }
}
