package io.saltus.actors;

import com.typesafe.config.ConfigFactory;
import io.saltus.actors.monitor.Monitors;
import io.saltus.experiment.Device;
import io.saltus.experiment.DeviceId;
import io.saltus.persistence.checkpoint.CheckpointReferences;
import io.saltus.persistence.checkpoint.CheckpointStore;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;

/** What tests of single actors are set up with. */
final class Stages {

  /** One slot of a processor. */
  static final List<Device> DEVICES = slots(1);

  private Stages() {}

  /** So many slots of a processor. */
  static List<Device> slots(int count) {
    return IntStream.range(0, count)
        .mapToObj(slot -> new Device(new DeviceId("cpu", slot), "cpu", 1, 1L << 30))
        .toList();
  }

  /** The settings as delivered, but for some HOCON. */
  static SupervisionSettings settings(String overrides) {
    return SupervisionSettings.of(SupervisionConfig.of(ConfigFactory.parseString(overrides)));
  }

  /** Tools over an empty journal; checkpoints go to a directory that is removed at the end. */
  static TrainerTools tools(SessionThreads threads, Path checkpoints, String overrides) {
    return tools(threads, checkpoints, overrides, () -> 0, () -> {});
  }

  /** The same with a clock, and something that is done when a session hangs for good. */
  static TrainerTools tools(
      SessionThreads threads,
      Path checkpoints,
      String overrides,
      LongSupplier nanoTime,
      Runnable stuck) {
    return new TrainerTools(
        settings(overrides),
        settings(overrides).restarts(),
        threads,
        run -> new MemoryHistory(List.of()),
        checkpoints(checkpoints),
        Monitors.none(),
        Clock.systemUTC(),
        nanoTime,
        stuck);
  }

  /** Checkpoints of which none is ever removed. */
  static CheckpointThread checkpoints(Path directory) {
    return new CheckpointThread(
        CheckpointStore.at(directory),
        () -> new CheckpointReferences(Set.of(), List.of("not asked in this test")),
        () -> 0);
  }

  static SessionThreads threads() {
    return new SessionThreads(SessionThreads.daemons(), Duration.ofSeconds(5));
  }
}
