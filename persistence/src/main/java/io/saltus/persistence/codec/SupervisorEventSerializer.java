package io.saltus.persistence.codec;

import io.saltus.experiment.event.SupervisorEvent;

/** Pekko's door to the codec of the supervisor's events. */
public final class SupervisorEventSerializer extends EventSerializer<SupervisorEvent> {

  /** Stands beside every event of the supervisor in the journal. */
  public static final int ID = 7438002;

  /** Made by Pekko, by name. */
  public SupervisorEventSerializer() {
    super(ID, SupervisorEvent.class, EventCodec.ofSupervisor());
  }
}
