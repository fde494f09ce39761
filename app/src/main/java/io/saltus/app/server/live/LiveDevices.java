package io.saltus.app.server.live;

import io.saltus.app.DeviceUse.Drained;
import io.saltus.experiment.DeviceId;
import io.saltus.experiment.RunId;
import io.saltus.experiment.event.SupervisorEvent;
import io.saltus.experiment.event.SupervisorEvent.DeviceDrained;
import io.saltus.experiment.event.SupervisorEvent.DeviceRestored;
import io.saltus.experiment.event.SupervisorEvent.LeaseGranted;
import io.saltus.experiment.event.SupervisorEvent.LeaseReleased;
import io.saltus.persistence.codec.EventCodec;
import io.saltus.persistence.codec.SupervisorEventSerializer;
import io.saltus.persistence.projection.SupervisorState;
import io.saltus.persistence.projection.SupervisorState.Standing;
import io.saltus.persistence.read.JournalDamagedException;
import io.saltus.persistence.read.StoredEvent;
import io.saltus.persistence.runs.StoredEvents;
import io.saltus.persistence.runs.SupervisorReader;
import io.saltus.persistence.runs.UnknownEventException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who has and had which devices, kept up to date by the one who follows the journal. */
public final class LiveDevices {

  private static final Logger LOG = LoggerFactory.getLogger(LiveDevices.class);
  private static final EventCodec<SupervisorEvent> CODEC = EventCodec.ofSupervisor();

  /** So many leases that ended are kept. */
  public static final int MOST_LEASES = 2_000;

  private final Deque<Lease> ended = new ArrayDeque<>();
  private final Map<Long, Lease> open = new LinkedHashMap<>();
  private final Map<DeviceId, Drained> drained = new LinkedHashMap<>();
  private SupervisorState state = SupervisorState.empty();

  /**
   * Devices in the hands of a run.
   *
   * @param fence of the lease
   * @param until when they came back; empty while they have not
   * @param end why they did; empty while they have not
   */
  public record Lease(
      long fence,
      List<DeviceId> devices,
      RunId run,
      Instant from,
      Optional<Instant> until,
      Optional<String> end) {
    /** Copies the list. */
    public Lease {
      devices = List.copyOf(devices);
    }
  }

  /** What is known at one moment. */
  public record Now(SupervisorState state, Map<DeviceId, Drained> drained) {
    /** Copies the map. */
    public Now {
      drained = Map.copyOf(drained);
    }
  }

  /** What is known now. */
  public synchronized Now now() {
    return new Now(state, drained);
  }

  /** Whether a run may be at work: not where it was when a process ended, and rests since. */
  public synchronized boolean mayBeAtWork(RunId run) {
    return state.unsettled().get(run) != Standing.INTERRUPTED;
  }

  /** The numbers of the leases that have not come back. */
  synchronized Set<Long> openFences() {
    return Set.copyOf(open.keySet());
  }

  /** The last leases in the order in which they were given, those that are open among them. */
  public synchronized List<Lease> leases(int most) {
    List<Lease> all = new ArrayList<>(ended);
    all.addAll(open.values());
    all.sort((one, other) -> Long.compare(one.fence(), other.fence()));
    return List.copyOf(all.subList(Math.max(0, all.size() - most), all.size()));
  }

  /** Reads all there is. */
  void load(SupervisorReader reader) {
    reader.forEach(this::apply);
  }

  /** Takes one more event. */
  void apply(StoredEvent stored) {
    try {
      apply(
          stored.time(),
          StoredEvents.decode("the supervisor", stored, SupervisorEventSerializer.ID, CODEC));
    } catch (JournalDamagedException | UnknownEventException e) {
      LOG.warn("{}", e.getMessage());
    }
  }

  private synchronized void apply(Instant time, SupervisorEvent event) {
    state = state.apply(event);
    if (event instanceof LeaseGranted granted) {
      open.put(
          granted.fence(),
          new Lease(
              granted.fence(),
              granted.devices(),
              granted.run(),
              time,
              Optional.empty(),
              Optional.empty()));
    } else if (event instanceof LeaseReleased released) {
      Lease lease = open.remove(released.fence());
      if (lease != null) {
        ended.addLast(
            new Lease(
                lease.fence(),
                lease.devices(),
                lease.run(),
                lease.from(),
                Optional.of(time),
                Optional.of(released.reason())));
        if (ended.size() > MOST_LEASES) {
          ended.removeFirst();
        }
      }
    } else if (event instanceof DeviceDrained drain) {
      drained.put(drain.device(), new Drained(time, drain.reason()));
    } else if (event instanceof DeviceRestored restored) {
      drained.remove(restored.device());
    }
  }
}
