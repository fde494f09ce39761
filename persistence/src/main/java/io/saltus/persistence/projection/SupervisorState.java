package io.saltus.persistence.projection;

import io.saltus.experiment.DeviceId;
import io.saltus.experiment.RunId;
import io.saltus.experiment.event.SupervisorEvent;
import io.saltus.experiment.event.SupervisorEvent.LeaseGranted;
import io.saltus.experiment.event.SupervisorEvent.LeaseReleased;
import io.saltus.experiment.event.SupervisorEvent.RunEnqueued;
import io.saltus.experiment.event.SupervisorEvent.RunSettled;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a supervisor knows from the journal alone: the runs that have not come to rest, and the
 * leases. How a run came to rest stands in its own stream, so this stays as small as the queue.
 *
 * @param unsettled in the order in which they were enqueued
 * @param leases that are open, by fence
 * @param lastFence of the latest lease; 0 before the first
 */
public record SupervisorState(
    Map<RunId, Standing> unsettled, SortedMap<Long, Lease> leases, long lastFence) {

  /** How an unsettled run stands. */
  public enum Standing {
    /** It waits for a device. */
    QUEUED,
    /** It has one. */
    LEASED,
    /** It had one when its process ended. */
    INTERRUPTED
  }

  /** A device in the hands of a run. */
  public record Lease(DeviceId device, RunId run) {}

  /** Copies the maps. */
  public SupervisorState {
    unsettled = Collections.unmodifiableMap(new LinkedHashMap<>(unsettled));
    leases = Collections.unmodifiableSortedMap(new TreeMap<>(leases));
  }

  /** Before the first event. */
  public static SupervisorState empty() {
    return new SupervisorState(Map.of(), new TreeMap<>(), 0);
  }

  /** Whether nobody holds a device. */
  public boolean free(DeviceId device) {
    return leases.values().stream().noneMatch(lease -> lease.device().equals(device));
  }

  /** The fence of the lease that a run holds. */
  public Optional<Long> fenceOf(RunId run) {
    return leases.entrySet().stream()
        .filter(lease -> lease.getValue().run().equals(run))
        .map(Map.Entry::getKey)
        .findFirst();
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
      SortedMap<Long, Lease> more = new TreeMap<>(leases);
      more.put(granted.fence(), new Lease(granted.device(), granted.run()));
      Map<RunId, Standing> changed = new LinkedHashMap<>(unsettled);
      changed.put(granted.run(), Standing.LEASED);
      return new SupervisorState(changed, more, granted.fence());
    } else if (event instanceof LeaseReleased released) {
      return released(released.fence());
    } else if (event instanceof RunSettled settled) {
      Map<RunId, Standing> fewer = new LinkedHashMap<>(unsettled);
      fewer.remove(settled.run());
      return new SupervisorState(fewer, leases, lastFence);
    }
    throw new IllegalStateException("no rule for " + event);
  }

  private SupervisorState released(long fence) {
    Lease lease = leases.get(fence);
    if (lease == null) {
      return this;
    }
    SortedMap<Long, Lease> fewer = new TreeMap<>(leases);
    fewer.remove(fence);
    SupervisorState freed = new SupervisorState(unsettled, fewer, lastFence);
    return unsettled.containsKey(lease.run())
        ? freed.with(lease.run(), Standing.INTERRUPTED)
        : freed;
  }

  private SupervisorState with(RunId run, Standing standing) {
    Map<RunId, Standing> changed = new LinkedHashMap<>(unsettled);
    changed.put(run, standing);
    return new SupervisorState(changed, leases, lastFence);
  }
}
