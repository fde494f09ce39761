package io.saltus.persistence.runs;

import io.saltus.experiment.RunId;
import io.saltus.persistence.rocks.RocksStore;
import java.time.Clock;
import java.util.concurrent.CompletionStage;

/**
 * Appends to the streams beside runs, in the process that holds the home and without an actor. Safe
 * for use by many threads: whoever comes first gets the lower number.
 */
public final class BesideStreams {

  private final RocksStore store;
  private final Clock clock;

  /**
   * Appends to a journal.
   *
   * @param store stays the caller's to close
   * @param clock tells the time that stands beside each event
   */
  public BesideStreams(RocksStore store, Clock clock) {
    this.store = store;
    this.clock = clock;
  }

  /**
   * Appends an event to a stream beside a run.
   *
   * @return completed with its sequence number once it is on disk; failed with {@link
   *     io.saltus.persistence.rocks.StoreFailedException} when nobody knows whether it is
   * @throws io.saltus.persistence.codec.CodecException when a field is out of its range
   */
  public <E> CompletionStage<Long> append(BesideStream<E> stream, RunId run, E event) {
    return store.appendNext(stream.persistenceId(run), clock.instant(), stream.encode(event));
  }
}
