package io.saltus.persistence.codec;

import io.saltus.experiment.event.AnalysisEvent;

/** Pekko's door to the codec of the events of analyses. */
public final class AnalysisEventSerializer extends EventSerializer<AnalysisEvent> {

  /** Stands beside every event of analyses in the journal. */
  public static final int ID = 7438007;

  /** Made by Pekko, by name. */
  public AnalysisEventSerializer() {
    super(ID, AnalysisEvent.class, EventCodec.ofAnalyses());
  }
}
