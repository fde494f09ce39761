package io.saltus.persistence.journal;

import org.apache.pekko.NotUsed;
import org.apache.pekko.persistence.query.EventEnvelope;
import org.apache.pekko.persistence.query.Offset;
import org.apache.pekko.persistence.query.scaladsl.CurrentEventsByPersistenceIdQuery;
import org.apache.pekko.persistence.query.scaladsl.CurrentPersistenceIdsQuery;
import org.apache.pekko.persistence.query.scaladsl.EventsByPersistenceIdQuery;
import org.apache.pekko.persistence.query.scaladsl.PersistenceIdsQuery;
import org.apache.pekko.persistence.query.scaladsl.ReadJournal;
import org.apache.pekko.stream.scaladsl.Source;

/** {@link RocksReadJournal} for Scala. */
public final class RocksScalaReadJournal
    implements ReadJournal,
        CurrentPersistenceIdsQuery,
        PersistenceIdsQuery,
        CurrentEventsByPersistenceIdQuery,
        EventsByPersistenceIdQuery {

  private final RocksReadJournal java;

  RocksScalaReadJournal(RocksReadJournal java) {
    this.java = java;
  }

  @Override
  public Source<String, NotUsed> currentPersistenceIds() {
    return java.currentPersistenceIds().asScala();
  }

  @Override
  public Source<String, NotUsed> persistenceIds() {
    return java.persistenceIds().asScala();
  }

  @Override
  public Source<EventEnvelope, NotUsed> currentEventsByPersistenceId(
      String persistenceId, long fromSequenceNr, long toSequenceNr) {
    return java.currentEventsByPersistenceId(persistenceId, fromSequenceNr, toSequenceNr).asScala();
  }

  @Override
  public Source<EventEnvelope, NotUsed> eventsByPersistenceId(
      String persistenceId, long fromSequenceNr, long toSequenceNr) {
    return java.eventsByPersistenceId(persistenceId, fromSequenceNr, toSequenceNr).asScala();
  }

  /**
   * Reads all streams in commit order, up to what is durable now.
   *
   * @param offset the last offset seen, or none
   * @return the events after it
   */
  public Source<EventEnvelope, NotUsed> currentEvents(Offset offset) {
    return java.currentEvents(offset).asScala();
  }

  /**
   * Reads all streams in commit order, without end.
   *
   * @param offset the last offset seen, or none
   * @return the events after it
   */
  public Source<EventEnvelope, NotUsed> events(Offset offset) {
    return java.events(offset).asScala();
  }
}
