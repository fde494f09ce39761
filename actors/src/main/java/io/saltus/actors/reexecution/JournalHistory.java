package io.saltus.actors.reexecution;

import io.saltus.experiment.RunId;
import io.saltus.experiment.Sha256;
import io.saltus.experiment.metric.MetricFrame;
import io.saltus.persistence.projection.RunState;
import io.saltus.persistence.read.JournalReader;
import io.saltus.persistence.runs.RunReader;
import io.saltus.persistence.runs.StepRange;
import java.util.Iterator;
import java.util.SortedMap;

/** A history in a journal. */
public final class JournalHistory implements RecordedHistory {

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
  public void close() {
    closing.run();
  }
}
