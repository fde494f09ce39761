package io.saltus.persistence.projection;

import io.saltus.experiment.DeviceId;
import io.saltus.experiment.RunId;
import io.saltus.experiment.event.SupervisorEvent;
import io.saltus.experiment.event.SupervisorEvent.DeviceDrained;
import io.saltus.experiment.event.SupervisorEvent.DeviceRestored;
import io.saltus.experiment.event.SupervisorEvent.DiskRanLow;
import io.saltus.experiment.event.SupervisorEvent.DiskRecovered;
import io.saltus.experiment.event.SupervisorEvent.LeaseGranted;
import io.saltus.experiment.event.SupervisorEvent.LeaseReleased;
import io.saltus.experiment.event.SupervisorEvent.RestartScheduled;
import io.saltus.experiment.event.SupervisorEvent.RunEnqueued;
import io.saltus.experiment.event.SupervisorEvent.RunPreempted;
import io.saltus.experiment.event.SupervisorEvent.RunSettled;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a supervisor knows from the journal alone: the runs that have not come to rest, and the
 * leases. How a run came to rest stands in its own stream, so this stays as small as the queue.
 *
 * @param unsettled in the order in which they were enqueued
 * @param leases that are open, in the order of their fences
 * @param lastFence of the latest lease; 0 before the first
 * @param drained devices that are given to nobody, in the order they were drained
 */
public record SupervisorState(
    Map<RunId, Standing> unsettled,
    Map<Long, Lease> leases,
    long lastFence,
    List<DeviceId> drained) {

  /** How an unsettled run stands. */
  public enum Standing {
    /** It waits for a device. */
    QUEUED,
    /** It has one. */
    LEASED,
    /** It had one when its process ended. */
    INTERRUPTED
  }

  /** Devices in the hands of a run. */
  public record Lease(List<DeviceId> devices, RunId run) {
    /** Copies the list. */
    public Lease {
      devices = List.copyOf(devices);
    }
  }

  /** Copies the maps, unless they come from another state. */
  public SupervisorState {
    unsettled = Queue.copyOf(unsettled);
    leases = PersistentMap.copyOf(leases);
    drained = List.copyOf(drained);
  }

  /** Before the first event. */
  public static SupervisorState empty() {
    return new SupervisorState(Map.of(), Map.of(), 0, List.of());
  }

  /** Whether nobody holds a device, and it is not drained. */
  public boolean free(DeviceId device) {
    return !taken().contains(device);
  }

  /** The devices that cannot be given away: somebody holds them, or they are drained. */
  public Set<DeviceId> taken() {
    Set<DeviceId> taken = new HashSet<>(drained);
    leases.values().forEach(lease -> taken.addAll(lease.devices()));
    return taken;
  }

  /** The fence of the lease that a run holds. */
  public Optional<Long> fenceOf(RunId run) {
    return leases.entrySet().stream()
        .filter(lease -> lease.getValue().run().equals(run))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  /** The lease that a run holds. */
  public Optional<Lease> leaseOf(RunId run) {
    return leases.values().stream().filter(lease -> lease.run().equals(run)).findFirst();
  }

  /** After some more events. */
  public SupervisorState apply(List<SupervisorEvent> events) {
    SupervisorState after = this;
    for (SupervisorEvent event : events) {
      after = after.apply(event);
    }
    return after;
  }

  /** After one more event. */
  public SupervisorState apply(SupervisorEvent event) {
    if (event instanceof RunEnqueued enqueued) {
      return with(enqueued.run(), Standing.QUEUED);
    } else if (event instanceof LeaseGranted granted) {
      return new SupervisorState(
          queue().with(granted.run(), Standing.LEASED),
          open().with(granted.fence(), new Lease(granted.devices(), granted.run())),
          granted.fence(),
          drained);
    } else if (event instanceof LeaseReleased released) {
      return released(released.fence());
    } else if (event instanceof RunSettled settled) {
      return new SupervisorState(queue().without(settled.run()), leases, lastFence, drained);
    }
    if (event instanceof RestartScheduled scheduled) {
      return with(scheduled.run(), Standing.QUEUED);
    } else if (event instanceof DeviceDrained drain) {
      List<DeviceId> more = new ArrayList<>(drained);
      more.remove(drain.device());
      more.add(drain.device());
      return new SupervisorState(unsettled, leases, lastFence, more);
    } else if (event instanceof DeviceRestored restored) {
      List<DeviceId> fewer = new ArrayList<>(drained);
      fewer.remove(restored.device());
      return new SupervisorState(unsettled, leases, lastFence, fewer);
    }
    if (event instanceof DiskRanLow
        || event instanceof DiskRecovered
        || event instanceof RunPreempted) {
      // How full the disk is, is looked at anew by each process. Who gives way keeps its lease
      // until
      // that is released.
      return this;
    }
    throw new IllegalStateException("no rule for " + event);
  }

  private SupervisorState released(long fence) {
    Lease lease = leases.get(fence);
    if (lease == null) {
      return this;
    }
    SupervisorState freed =
        new SupervisorState(unsettled, open().without(fence), lastFence, drained);
    return unsettled.containsKey(lease.run())
        ? freed.with(lease.run(), Standing.INTERRUPTED)
        : freed;
  }

  private SupervisorState with(RunId run, Standing standing) {
    return new SupervisorState(queue().with(run, standing), leases, lastFence, drained);
  }

  private Queue queue() {
    return Queue.copyOf(unsettled);
  }

  private PersistentMap<Long, Lease> open() {
    return PersistentMap.copyOf(leases);
  }
}
