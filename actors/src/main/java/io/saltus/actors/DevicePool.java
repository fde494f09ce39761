package io.saltus.actors;

import io.saltus.experiment.Device;
import io.saltus.experiment.DeviceId;
import io.saltus.experiment.RunId;
import io.saltus.experiment.event.AttemptEnd;
import io.saltus.experiment.event.SupervisorEvent.DeviceDrained;
import io.saltus.experiment.event.SupervisorEvent.LeaseGranted;
import io.saltus.experiment.spec.DeviceNeed;
import io.saltus.experiment.spec.ExperimentSpec;
import io.saltus.persistence.projection.SupervisorState;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The devices of a home's supervisor: which are free is in its journal; whom they go to next, and
 * which of them runs keep failing on, is kept here.
 */
final class DevicePool {

  /** So many different runs that fail on a device, with none that does well between, drain it. */
  static final int SUSPICIOUS = 3;

  private static final int SHOWN = 4;
  private static final Set<AttemptEnd> BLAMELESS =
      Set.of(AttemptEnd.EXCEPTION, AttemptEnd.NON_FINITE, AttemptEnd.PREEMPTED);

  /** For good, a run fails of these only where its devices, or the machine, may be to blame. */
  private static final Set<AttemptEnd> FROM_OUTSIDE =
      Set.of(AttemptEnd.DEVICE_LOST, AttemptEnd.HUNG, AttemptEnd.KILLED, AttemptEnd.OUT_OF_MEMORY);

  private final List<Device> devices;
  private final Placement placement = new Placement();
  private final Map<DeviceId, Set<RunId>> failures = new LinkedHashMap<>();

  /**
   * @param devices in the order in which they are given away
   */
  DevicePool(List<Device> devices) {
    this.devices = List.copyOf(devices);
  }

  /** Why no device here will ever do for a run; empty where one will. */
  Optional<String> refusal(ExperimentSpec spec) {
    return DeviceNeed.of(spec, devices)
        .lack(devices)
        .map(lack -> lack.what() + "; known: " + DeviceNeed.known(devices));
  }

  /** What a run needs. */
  Placement.Wish wish(Order order) {
    DeviceNeed need = DeviceNeed.of(order.spec(), devices);
    return new Placement.Wish(
        order.run(),
        order.spec().experiment(),
        order.spec().placing().priority(),
        need.named(),
        need.kind().text(),
        need.count(),
        need.tooSmall(devices));
  }

  /** What is said to who waits for a device. */
  String busy(SupervisorState state) {
    String held =
        state.leases().values().stream()
            .limit(SHOWN)
            .map(
                lease ->
                    lease.devices().stream()
                            .map(DeviceId::toString)
                            .collect(Collectors.joining(", "))
                        + " by "
                        + lease.run())
            .collect(Collectors.joining("; "));
    String drained =
        state.drained().stream().map(DeviceId::toString).collect(Collectors.joining(", "));
    return "devices are busy"
        + (held.isEmpty() ? "" : ": " + held)
        + (state.leases().size() > SHOWN ? "; …" : "")
        + (drained.isEmpty() ? "" : "; drained: " + drained);
  }

  /** The memory of the machine, which slots of the processor share; 0 when it is not known. */
  long memoryBytes() {
    return devices.stream()
        .filter(device -> device.id().kind().equals("cpu"))
        .mapToLong(Device::memoryBytes)
        .sum();
  }

  /**
   * The leases that can be granted now.
   *
   * @param waiting in the order in which they came; not asked while no device is free
   * @param experiment of a run
   */
  List<LeaseGranted> leases(
      SupervisorState state,
      Supplier<List<Placement.Wish>> waiting,
      Function<RunId, String> experiment) {
    List<DeviceId> free = free(state);
    List<Placement.Wish> wishes = free.isEmpty() ? List.of() : waiting.get();
    if (wishes.isEmpty()) {
      return List.of();
    }
    Map<String, Integer> held = held(state, experiment);
    List<LeaseGranted> leases = new ArrayList<>();
    long fence = state.lastFence();
    for (Placement.Grant grant : placement.grants(wishes, free, held)) {
      leases.add(new LeaseGranted(++fence, grant.devices(), grant.run()));
    }
    return leases;
  }

  private List<DeviceId> free(SupervisorState state) {
    Set<DeviceId> taken = state.taken();
    return devices.stream().map(Device::id).filter(device -> !taken.contains(device)).toList();
  }

  private static Map<String, Integer> held(
      SupervisorState state, Function<RunId, String> experiment) {
    Map<String, Integer> held = new HashMap<>();
    state
        .leases()
        .values()
        .forEach(
            lease ->
                held.merge(experiment.apply(lease.run()), lease.devices().size(), Integer::sum));
    return held;
  }

  /**
   * Who gives way to whom.
   *
   * @param waiting in the order in which they came
   * @param atWork those that can be asked, by their fences
   * @param leaving the fences of those who give their devices back soon anyway
   */
  List<Preemption.Claim> claims(
      SupervisorState state,
      List<Placement.Wish> waiting,
      Map<Long, Placement.Wish> atWork,
      Set<Long> leaving,
      Function<RunId, String> experiment,
      Preemption.Room room) {
    List<DeviceId> open = new ArrayList<>(free(state));
    List<Preemption.Holder> holders = new ArrayList<>();
    state
        .leases()
        .forEach(
            (fence, lease) -> {
              Placement.Wish wish = atWork.get(fence);
              List<DeviceId> freed = new ArrayList<>(lease.devices());
              freed.removeAll(state.drained());
              if (wish != null) {
                holders.add(
                    new Preemption.Holder(lease.run(), placement.priority(wish), fence, freed));
              } else if (leaving.contains(fence)) {
                open.addAll(freed);
              }
            });
    return Preemption.claims(placement, waiting, open, holders, held(state, experiment), room);
  }

  /** The least priority that one of these holds its devices with. */
  OptionalInt leastPriority(Collection<Placement.Wish> atWork) {
    return atWork.stream().mapToInt(placement::priority).min();
  }

  /** A run has come to rest. */
  void forget(RunId run) {
    placement.forget(run);
  }

  /** A run has given its devices to another. */
  void gaveWay(RunId run) {
    placement.gaveWay(run);
  }

  /** A run did well on the devices of a lease. */
  void didWell(SupervisorState.Lease lease) {
    lease.devices().forEach(failures::remove);
  }

  /**
   * A run failed on the devices of a lease and is not tried again. Only what comes from outside
   * speaks against them: anything else can be proof against the run itself.
   *
   * @return which of them are to be drained
   */
  List<DeviceDrained> failedForGood(SupervisorState.Lease lease, AttemptEnd cause) {
    return FROM_OUTSIDE.contains(cause) ? failed(lease, cause) : List.of();
  }

  /**
   * An attempt ended badly on the devices of a lease. What a program says of itself, an exception
   * or a value that is not finite, does not speak against a device, nor does giving way.
   *
   * @return which of them are to be drained
   */
  List<DeviceDrained> failed(SupervisorState.Lease lease, AttemptEnd cause) {
    if (BLAMELESS.contains(cause)) {
      return List.of();
    }
    List<DeviceDrained> drained = new ArrayList<>();
    for (DeviceId device : lease.devices()) {
      Set<RunId> runs = failures.computeIfAbsent(device, unseen -> new LinkedHashSet<>());
      runs.add(lease.run());
      if (runs.size() >= SUSPICIOUS) {
        drained.add(
            new DeviceDrained(
                device,
                "%d different runs failed on it in a row, the last one of '%s': %s"
                    .formatted(
                        runs.size(),
                        cause.text(),
                        String.join(", ", runs.stream().map(RunId::value).toList()))));
        failures.remove(device);
      }
    }
    return drained;
  }
}
