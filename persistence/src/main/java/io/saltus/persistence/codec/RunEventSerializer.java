package io.saltus.persistence.codec;

import io.saltus.experiment.event.RunEvent;

/** Pekko's door to the codec of a run's events. */
public final class RunEventSerializer extends EventSerializer<RunEvent> {

  /** Stands beside every event of a run in the journal. */
  public static final int ID = 7438001;

  /** Made by Pekko, by name. */
  public RunEventSerializer() {
    super(ID, RunEvent.class, EventCodec.ofRuns());
  }
}
