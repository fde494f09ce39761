package io.saltus.actors;

import io.saltus.experiment.event.AnalysisEvent;
import io.saltus.experiment.event.RunEvent;

/** Hears of a run's events, in order, each once. */
@FunctionalInterface
public interface RunListener {

  /**
   * An event is durable: it is on disk before this is called. Called by the run's trainer, which
   * waits for it to return, so it must not block; what it throws is logged and changes nothing.
   *
   * @param sequence the event's number in the run's stream, from 1
   */
  void persisted(RunEvent event, long sequence);

  /**
   * The monitor of the run said something, and it is durable. Called by a thread of the monitors,
   * some time after the values that it is about were heard; must not block.
   */
  default void said(AnalysisEvent event) {}

  /**
   * The monitor of the run is behind, or is no longer. Called as {@link #said}.
   *
   * @param events that it has still to read; 0 once it has caught up
   */
  default void monitorBehind(long events) {}

  /**
   * The run does not begin, or is paused, although nobody asked for that, and goes on by itself.
   * Called by the supervisor, which waits for it to return, so it must not block.
   *
   * @param why for people: busy devices, too little memory, a full disk
   */
  default void waits(String why) {}

  /** Hears nothing. */
  static RunListener none() {
    return (event, sequence) -> {};
  }
}
