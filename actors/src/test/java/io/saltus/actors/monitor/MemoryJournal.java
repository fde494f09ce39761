package io.saltus.actors.monitor;

import io.saltus.experiment.RunId;
import io.saltus.experiment.event.AnalysisEvent;
import io.saltus.experiment.event.RunEvent;
import io.saltus.experiment.event.RunEvent.ForkOrigin;
import io.saltus.experiment.metric.MetricFrame;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.ObjLongConsumer;

/** The events of one run, of which the first so many are durable, and what was said of them. */
class MemoryJournal implements MonitorJournal {

  private final List<RunEvent> events;
  private final List<AnalysisEvent> said = new CopyOnWriteArrayList<>();
  private volatile long durable;

  MemoryJournal(List<RunEvent> events) {
    this.events = List.copyOf(events);
  }

  void durable(long sequence) {
    durable = sequence;
  }

  List<AnalysisEvent> said() {
    return List.copyOf(said);
  }

  @Override
  public long last(RunId run) {
    return durable;
  }

  @Override
  public void read(RunId run, long from, long until, ObjLongConsumer<RunEvent> consumer) {
    for (long sequence = from; sequence <= Math.min(until, durable); sequence++) {
      consumer.accept(events.get((int) sequence - 1), sequence);
    }
  }

  @Override
  public void inherited(ForkOrigin parent, Consumer<? super MetricFrame> consumer) {
    throw new AssertionError("no run here is a fork");
  }

  @Override
  public List<AnalysisEvent> said(RunId run) {
    return said();
  }

  @Override
  public void append(RunId run, AnalysisEvent event) {
    said.add(event);
  }
}
