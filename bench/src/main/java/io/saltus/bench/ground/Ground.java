package io.saltus.bench.ground;

import io.saltus.actors.Disk;
import io.saltus.actors.Resumption;
import io.saltus.actors.RunHandle;
import io.saltus.actors.RunListener;
import io.saltus.actors.Settlement;
import io.saltus.actors.Submission;
import io.saltus.actors.Supervision;
import io.saltus.experiment.RunId;
import io.saltus.experiment.provenance.CodeProvenance;
import io.saltus.experiment.session.Program;
import io.saltus.experiment.spec.ExperimentSpec;
import io.saltus.persistence.checkpoint.CheckpointStore;
import io.saltus.persistence.home.Home;
import io.saltus.persistence.home.HomeLock;
import io.saltus.persistence.rocks.RocksStore;
import io.saltus.persistence.rocks.StoreOptions;
import io.saltus.tf.device.Devices;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * A home opened for writing, with trainers, for one run. Closing it does not pause the run: its
 * attempt stays open in the journal, as after a crash.
 */
public final class Ground implements AutoCloseable {

  /** The run of every home. */
  public static final RunId RUN = new RunId("bench");

  private static final long PATIENCE_MINUTES = 20;

  private final HomeLock lock;
  private final RocksStore store;
  private final Supervision supervision;

  private Ground(HomeLock lock, RocksStore store, Supervision supervision) {
    this.lock = lock;
    this.store = store;
    this.supervision = supervision;
  }

  /** Opens a home, which need not exist. */
  public static Ground open(Path root, Program program) {
    HomeLock lock = Home.at(root).lockForWriting("bench");
    RocksStore store =
        RocksStore.open(lock.home().journal(), StoreOptions.defaults(), Clock.systemUTC());
    return new Ground(
        lock,
        store,
        Supervision.start(
            store,
            CheckpointStore.at(lock.home().checkpoints()),
            List.of(program),
            Devices.list(),
            Disk.endless(),
            Clock.systemUTC(),
            System::nanoTime));
  }

  /** Begins the run. */
  public RunHandle begin(ExperimentSpec spec, RunListener listener) throws Exception {
    Submission submission =
        new Submission(
            RUN,
            spec,
            new TreeMap<>(),
            List.of(),
            new CodeProvenance("bench", Optional.empty(), false, Optional.empty()),
            Optional.empty(),
            Optional.empty());
    return supervision
        .submit(submission, listener)
        .toCompletableFuture()
        .get(PATIENCE_MINUTES, TimeUnit.MINUTES);
  }

  /** Lets the run go on. */
  public RunHandle goOn(ExperimentSpec spec, RunListener listener) throws Exception {
    return supervision
        .resume(new Resumption(RUN, spec, new TreeMap<>()), listener)
        .toCompletableFuture()
        .get(PATIENCE_MINUTES, TimeUnit.MINUTES);
  }

  /** Trains the run to its end. */
  public Settlement train(ExperimentSpec spec, RunListener listener) throws Exception {
    return begin(spec, listener)
        .settled()
        .toCompletableFuture()
        .get(PATIENCE_MINUTES, TimeUnit.MINUTES);
  }

  @Override
  public void close() {
    supervision.close();
    store.close();
    lock.close();
  }
}
