package io.saltus.app;

import io.saltus.experiment.DeviceId;
import io.saltus.experiment.RunId;
import io.saltus.experiment.event.SupervisorEvent;
import io.saltus.experiment.event.SupervisorEvent.DeviceDrained;
import io.saltus.persistence.home.Holder;
import io.saltus.persistence.home.Home;
import io.saltus.persistence.home.HomeLock;
import io.saltus.persistence.home.WorkerFiles;
import io.saltus.persistence.projection.SupervisorState;
import io.saltus.persistence.read.JournalReader;
import io.saltus.persistence.rocks.RocksReaders;
import io.saltus.persistence.runs.SupervisorReader;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Who computes on which devices for a home, and which of them are given to nobody.
 *
 * @param leases by device
 * @param drained by device
 */
public record DeviceUse(Map<DeviceId, Lease> leases, Map<DeviceId, Drained> drained) {

  private static final DeviceUse NONE = new DeviceUse(Map.of(), Map.of());

  /** Copies the maps. */
  public DeviceUse {
    leases = Map.copyOf(leases);
    drained = Map.copyOf(drained);
  }

  /**
   * A device in the hands of a run.
   *
   * @param pid of the process that computes: the run's worker, or who holds the home
   */
  public record Lease(RunId run, long pid) {}

  /** Since when and why a device is given to nobody. */
  public record Drained(Instant since, String reason) {}

  /**
   * Reads it from any process; creates nothing. Leases are worth something only as long as the
   * process that granted them runs, so in a home that nobody holds all devices are free.
   *
   * @throws io.saltus.persistence.read.JournalDamagedException where the journal cannot be read
   */
  public static DeviceUse of(Home home) {
    Optional<Holder> holder = HomeLock.currentHolder(home);
    if (holder.isEmpty() || home.inspect() != Home.State.READY) {
      return NONE;
    }
    try (JournalReader journal = RocksReaders.open(home.journal())) {
      SupervisorReader supervisor = new SupervisorReader(journal);
      SupervisorState state = supervisor.state();
      return new DeviceUse(leases(home, holder.get().pid(), state), drained(supervisor, state));
    }
  }

  /**
   * The leases of a state.
   *
   * @param holder of the home: computes itself for runs that have no worker
   */
  public static Map<DeviceId, Lease> leases(Home home, long holder, SupervisorState state) {
    Map<RunId, Long> workers = WorkerFiles.computing(home);
    Map<DeviceId, Lease> leases = new HashMap<>();
    state
        .leases()
        .values()
        .forEach(
            lease -> {
              long pid = workers.getOrDefault(lease.run(), holder);
              lease.devices().forEach(device -> leases.put(device, new Lease(lease.run(), pid)));
            });
    return leases;
  }

  private static Map<DeviceId, Drained> drained(
      SupervisorReader supervisor, SupervisorState state) {
    Map<DeviceId, Drained> drained = new HashMap<>();
    if (!state.drained().isEmpty()) {
      // Seldom: why and since when stands in the events alone.
      supervisor.forEach((time, event) -> noteDrained(drained, state, time, event));
    }
    return drained;
  }

  private static void noteDrained(
      Map<DeviceId, Drained> drained, SupervisorState state, Instant time, SupervisorEvent event) {
    if (event instanceof DeviceDrained drain && state.drained().contains(drain.device())) {
      drained.put(drain.device(), new Drained(time, drain.reason()));
    }
  }

  /** Who has a device. */
  public Optional<Lease> lease(DeviceId device) {
    return Optional.ofNullable(leases.get(device));
  }

  /** Why a device is given to nobody; empty while it is given away. */
  public Optional<Drained> drained(DeviceId device) {
    return Optional.ofNullable(drained.get(device));
  }
}
