package io.saltus.actors.monitor;

import io.saltus.experiment.RunId;
import io.saltus.experiment.event.AnalysisEvent;
import io.saltus.experiment.event.RunEvent;
import io.saltus.experiment.event.RunEvent.ForkOrigin;
import io.saltus.experiment.metric.MetricFrame;
import io.saltus.persistence.read.JournalReader;
import io.saltus.persistence.rocks.RocksStore;
import io.saltus.persistence.runs.BesideStream;
import io.saltus.persistence.runs.BesideStreams;
import io.saltus.persistence.runs.RunReader;
import io.saltus.persistence.runs.StepRange;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.ObjLongConsumer;

/** The journal that this process writes. */
public final class StoredMonitorJournal implements MonitorJournal {

  private final RocksStore store;
  private final BesideStreams beside;

  /**
   * Reads and appends to a journal.
   *
   * @param store stays the caller's to close
   * @param clock tells the time that stands beside each event
   */
  public StoredMonitorJournal(RocksStore store, Clock clock) {
    this.store = store;
    this.beside = new BesideStreams(store, clock);
  }

  @Override
  public long last(RunId run) {
    try (JournalReader journal = store.reader()) {
      return journal.highestSequence("run|" + run);
    }
  }

  @Override
  public void read(RunId run, long from, long until, ObjLongConsumer<RunEvent> consumer) {
    reading(
        runs -> {
          runs.events(run, from, until)
              .forEachRemaining(each -> consumer.accept(each.event(), each.sequence()));
          return run;
        });
  }

  @Override
  public void inherited(ForkOrigin parent, Consumer<? super MetricFrame> consumer) {
    reading(
        runs -> {
          runs.frames(parent.run(), new StepRange(0, parent.step()))
              .forEachRemaining(recorded -> consumer.accept(recorded.frame()));
          return parent;
        });
  }

  @Override
  public List<AnalysisEvent> said(RunId run) {
    return reading(
        runs -> {
          List<AnalysisEvent> said = new ArrayList<>();
          runs.beside(run, BesideStream.ANALYSIS)
              .events(1, Long.MAX_VALUE)
              .forEachRemaining(each -> said.add(each.event()));
          return said;
        });
  }

  @Override
  public void append(RunId run, AnalysisEvent event) {
    beside.append(BesideStream.ANALYSIS, run, event).toCompletableFuture().join();
  }

  private <T> T reading(Function<RunReader, T> reading) {
    try (JournalReader journal = store.reader()) {
      return reading.apply(new RunReader(journal));
    }
  }
}
