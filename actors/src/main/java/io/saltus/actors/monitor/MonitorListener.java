package io.saltus.actors.monitor;

import io.saltus.experiment.event.AnalysisEvent;

/** Hears of a monitor, on a thread of the monitors; must not block. */
public interface MonitorListener {

  /** Something was said, and is durable. */
  void said(AnalysisEvent event);

  /**
   * How far the monitor is behind what is durable.
   *
   * @param events that it has still to read; 0 once it has caught up
   */
  void behind(long events);

  /** A change is suspected: a state saved soon is worth having. */
  void wantsCheckpoint();
}
