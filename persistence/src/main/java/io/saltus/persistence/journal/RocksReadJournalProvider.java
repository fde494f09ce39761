package io.saltus.persistence.journal;

import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.persistence.query.ReadJournalProvider;

/** Makes the query plugin {@code saltus.query}. */
public final class RocksReadJournalProvider implements ReadJournalProvider {

  private final RocksReadJournal java;

  /**
   * Instantiated by Pekko.
   *
   * @param system the system whose store is read
   */
  public RocksReadJournalProvider(ExtendedActorSystem system) {
    java = new RocksReadJournal(system);
  }

  @Override
  public RocksReadJournal javadslReadJournal() {
    return java;
  }

  @Override
  public RocksScalaReadJournal scaladslReadJournal() {
    return new RocksScalaReadJournal(java);
  }
}
