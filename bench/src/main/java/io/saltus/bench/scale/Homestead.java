package io.saltus.bench.scale;

import io.saltus.actors.Disk;
import io.saltus.actors.Submission;
import io.saltus.actors.Supervision;
import io.saltus.actors.SupervisionOptions;
import io.saltus.experiment.Device;
import io.saltus.experiment.DeviceId;
import io.saltus.experiment.RunId;
import io.saltus.experiment.provenance.CodeProvenance;
import io.saltus.experiment.session.Program;
import io.saltus.experiment.spec.ExperimentSpec;
import io.saltus.persistence.checkpoint.CheckpointStore;
import io.saltus.persistence.home.Home;
import io.saltus.persistence.home.HomeLock;
import io.saltus.persistence.rocks.RocksStore;
import io.saltus.persistence.rocks.StoreOptions;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** A home opened for writing with as many devices as are wanted; closing it pauses nothing. */
final class Homestead implements AutoCloseable {

  /** No longer than the steps of any pace take, so that each is a frame of its own. */
  private static final Duration CHUNK = Duration.ofMillis(100);

  private final HomeLock lock;
  private final RocksStore store;
  private final Supervision supervision;

  private Homestead(HomeLock lock, RocksStore store, Supervision supervision) {
    this.lock = lock;
    this.store = store;
    this.supervision = supervision;
  }

  static Homestead open(Path root, Program program, int devices) {
    HomeLock lock = Home.at(root).lockForWriting("bench scale");
    RocksStore store =
        RocksStore.open(lock.home().journal(), StoreOptions.defaults(), Clock.systemUTC());
    return new Homestead(
        lock,
        store,
        Supervision.start(
            store,
            CheckpointStore.at(lock.home().checkpoints()),
            List.of(program),
            IntStream.range(0, devices)
                .mapToObj(i -> new Device(new DeviceId("cpu", i), "cpu", 1, 0))
                .toList(),
            Disk.endless(),
            Clock.systemUTC(),
            System::nanoTime,
            SupervisionOptions.standard().withChunkTarget(CHUNK)));
  }

  Supervision supervision() {
    return supervision;
  }

  /** The run of a number. */
  static RunId run(int number) {
    return new RunId("scale-%06d".formatted(number));
  }

  static Submission submission(RunId run, ExperimentSpec spec) {
    return new Submission(
        run,
        spec,
        new TreeMap<>(),
        List.of(),
        new CodeProvenance("bench", Optional.empty(), false, Optional.empty()),
        Optional.empty(),
        Optional.empty());
  }

  @Override
  public void close() {
    supervision.close();
    store.close();
    lock.close();
  }
}
