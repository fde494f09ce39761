package io.saltus.persistence.codec;

import io.saltus.experiment.event.ProbeEvent;

/** Pekko's door to the codec of the events of probes. */
public final class ProbeEventSerializer extends EventSerializer<ProbeEvent> {

  /** Stands beside every event of probes in the journal. */
  public static final int ID = 7438005;

  /** Made by Pekko, by name. */
  public ProbeEventSerializer() {
    super(ID, ProbeEvent.class, EventCodec.ofProbes());
  }
}
