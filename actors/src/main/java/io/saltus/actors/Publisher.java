package io.saltus.actors;

import io.saltus.experiment.RunId;
import io.saltus.experiment.event.RunEvent;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells a run's listener of events that are durable. */
record Publisher(RunId run, RunListener listener) {

  private static final Logger LOG = LoggerFactory.getLogger(Publisher.class);

  /**
   * @param events that have just become durable
   * @param last the number of the last of them in the run's stream
   */
  void publish(List<RunEvent> events, long last) {
    long sequence = last - events.size();
    for (RunEvent event : events) {
      sequence++;
      try {
        listener.persisted(event, sequence);
      } catch (RuntimeException e) {
        LOG.warn("a listener of run {} failed: {}", run, e.toString());
      }
    }
  }
}
