package io.saltus.persistence.journal;

import io.saltus.persistence.read.StoredSnapshot;
import io.saltus.persistence.rocks.RocksStore;
import io.saltus.persistence.rocks.SnapshotRange;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.apache.pekko.persistence.SelectedSnapshot;
import org.apache.pekko.persistence.SnapshotMetadata;
import org.apache.pekko.persistence.SnapshotSelectionCriteria;
import org.apache.pekko.persistence.snapshot.japi.SnapshotStore;
import scala.concurrent.Future;

/** The snapshot plugin {@code saltus.snapshots}, in the same store as the journal. */
public final class RocksSnapshotStore extends SnapshotStore {

  private final RocksStore store = JournalStore.of(context().system());
  private final Conversion conversion = new Conversion(context().system());
  private final Executor blocking =
      context().system().dispatchers().lookup("saltus.dispatchers.journal-reading");

  /** Instantiated by Pekko. */
  public RocksSnapshotStore() {}

  @Override
  public Future<Optional<SelectedSnapshot>> doLoadAsync(
      String persistenceId, SnapshotSelectionCriteria criteria) {
    return Futures.asScala(
        store
            .settled(persistenceId)
            .thenApplyAsync(
                done -> store.latestSnapshot(persistenceId, range(criteria)).map(this::toSelected),
                blocking));
  }

  private SelectedSnapshot toSelected(StoredSnapshot snapshot) {
    return SelectedSnapshot.create(
        new SnapshotMetadata(
            snapshot.persistenceId(),
            snapshot.sequence(),
            snapshot.time().toEpochMilli(),
            conversion.deserializeOptional(snapshot.metadata())),
        conversion.deserialize(snapshot.payload()));
  }

  @Override
  public Future<Void> doSaveAsync(SnapshotMetadata metadata, Object snapshot) {
    try {
      return Futures.asScala(
          store.saveSnapshot(
              metadata.persistenceId(),
              metadata.sequenceNr(),
              Instant.ofEpochMilli(metadata.timestamp()),
              conversion.serialize(snapshot),
              conversion.serialize(metadata.metadata())));
    } catch (RuntimeException e) {
      return Futures.asScala(CompletableFuture.failedFuture(e));
    }
  }

  @Override
  public Future<Void> doDeleteAsync(SnapshotMetadata metadata) {
    long sequence = metadata.sequenceNr();
    return Futures.asScala(
        store.deleteSnapshots(
            metadata.persistenceId(),
            new SnapshotRange(sequence, sequence, Long.MIN_VALUE, Long.MAX_VALUE)));
  }

  @Override
  public Future<Void> doDeleteAsync(String persistenceId, SnapshotSelectionCriteria criteria) {
    return Futures.asScala(store.deleteSnapshots(persistenceId, range(criteria)));
  }

  private static SnapshotRange range(SnapshotSelectionCriteria criteria) {
    return new SnapshotRange(
        criteria.minSequenceNr(),
        criteria.maxSequenceNr(),
        criteria.minTimestamp(),
        criteria.maxTimestamp());
  }
}
