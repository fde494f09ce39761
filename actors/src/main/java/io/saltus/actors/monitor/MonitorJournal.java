package io.saltus.actors.monitor;

import io.saltus.experiment.RunId;
import io.saltus.experiment.event.AnalysisEvent;
import io.saltus.experiment.event.RunEvent;
import io.saltus.experiment.event.RunEvent.ForkOrigin;
import io.saltus.experiment.metric.MetricFrame;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.ObjLongConsumer;

/** The journal as monitors use it. Every method may wait for a disk. */
public interface MonitorJournal {

  /** The number of the last durable event of a run; 0 when it has none. */
  long last(RunId run);

  /**
   * Hands out durable events of a run with their numbers, in order.
   *
   * @param from the first, from 1
   * @param until the last, included
   */
  void read(RunId run, long from, long until, ObjLongConsumer<RunEvent> consumer);

  /** Hands out what the history of a fork begins with, from step 0 on. */
  void inherited(ForkOrigin parent, Consumer<? super MetricFrame> consumer);

  /** What has been said of the series of a run, in order. */
  List<AnalysisEvent> said(RunId run);

  /** Appends to what has been said of a run, and returns when it is on disk. */
  void append(RunId run, AnalysisEvent event);
}
