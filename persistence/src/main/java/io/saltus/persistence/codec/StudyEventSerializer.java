package io.saltus.persistence.codec;

import io.saltus.experiment.event.StudyEvent;

/** Pekko's door to the codec of the events of studies. */
public final class StudyEventSerializer extends EventSerializer<StudyEvent> {

  /** Stands beside every event of a study in the journal. */
  public static final int ID = 7438009;

  /** Made by Pekko, by name. */
  public StudyEventSerializer() {
    super(ID, StudyEvent.class, EventCodec.ofStudies());
  }
}
