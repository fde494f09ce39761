package io.saltus.persistence.codec;

import io.saltus.experiment.event.AuditEvent;

/** Pekko's door to the codec of the events of audits. */
public final class AuditEventSerializer extends EventSerializer<AuditEvent> {

  /** Stands beside every event of audits in the journal. */
  public static final int ID = 7438004;

  /** Made by Pekko, by name. */
  public AuditEventSerializer() {
    super(ID, AuditEvent.class, EventCodec.ofAudits());
  }
}
