package io.saltus.app;

import io.saltus.experiment.DeviceId;
import io.saltus.experiment.RunId;
import io.saltus.persistence.home.Holder;
import io.saltus.persistence.home.Home;
import io.saltus.persistence.home.HomeLock;
import io.saltus.persistence.home.WorkerFiles;
import io.saltus.persistence.read.JournalReader;
import io.saltus.persistence.rocks.RocksReaders;
import io.saltus.persistence.runs.SupervisorReader;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Who computes on which devices for a home, seen from any process; creates nothing. */
public final class DeviceLeases {

  private DeviceLeases() {}

  /**
   * A device in the hands of a run.
   *
   * @param pid of the process that computes: the run's worker, or who holds the home
   */
  public record Lease(RunId run, long pid) {}

  /**
   * Reads them. Leases are worth something only as long as the process that granted them runs, so a
   * home that nobody holds has none.
   *
   * @return by device, in the order of their names
   * @throws io.saltus.persistence.read.JournalDamagedException where the journal cannot be read
   */
  public static SortedMap<String, Lease> of(Home home) {
    Optional<Holder> holder = HomeLock.currentHolder(home);
    if (holder.isEmpty() || home.inspect() != Home.State.READY) {
      return Collections.emptySortedMap();
    }
    SortedMap<String, Lease> leases = new TreeMap<>();
    try (JournalReader journal = RocksReaders.open(home.journal())) {
      Map<RunId, Long> workers = WorkerFiles.computing(home);
      new SupervisorReader(journal)
          .state()
          .leases()
          .values()
          .forEach(
              lease -> {
                long pid = workers.getOrDefault(lease.run(), holder.get().pid());
                for (DeviceId device : lease.devices()) {
                  leases.put(device.toString(), new Lease(lease.run(), pid));
                }
              });
    }
    return leases;
  }
}
