package io.saltus.actors;

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

  /** Hears nothing. */
  static RunListener none() {
    return (event, sequence) -> {};
  }
}
