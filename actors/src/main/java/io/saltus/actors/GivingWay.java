package io.saltus.actors;

import io.saltus.experiment.RunId;
import io.saltus.experiment.event.SupervisorEvent.LeaseGranted;
import io.saltus.persistence.projection.SupervisorState;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;

/** Finds the runs at work that give way to more urgent ones that wait ({@link Preemption}). */
final class GivingWay {

  private final DevicePool devices;
  private final Reservations reservations;

  /** No run that waits has a higher priority: so the queue is looked at only where that matters. */
  private int mostUrgent = Integer.MIN_VALUE;

  GivingWay(DevicePool devices, Reservations reservations) {
    this.devices = devices;
    this.reservations = reservations;
  }

  /** A run waits for its devices from now on. */
  void queued(Placement.Wish wish) {
    mostUrgent = Math.max(mostUrgent, wish.priority());
  }

  /**
   * Who gives way to whom.
   *
   * @param state before {@code granted}
   * @param granted now
   * @param runs of this process, in the order in which they were accepted
   * @param experiment of a run that has a lease
   */
  List<Turn.Yield> yields(
      SupervisorState state,
      List<LeaseGranted> granted,
      Map<RunId, SupervisedRun> runs,
      Function<RunId, String> experiment) {
    Map<Long, Placement.Wish> atWork = atWork(state, runs);
    OptionalInt least = devices.leastPriority(atWork.values());
    if (least.isEmpty() || mostUrgent <= least.getAsInt()) {
      return List.of();
    }
    List<Placement.Wish> waiting = waiting(granted, runs);
    mostUrgent =
        waiting.stream().mapToInt(Placement.Wish::priority).max().orElse(Integer.MIN_VALUE);
    if (mostUrgent <= least.getAsInt()) {
      return List.of();
    }
    Set<Long> leaving = new HashSet<>(state.leases().keySet());
    leaving.removeAll(atWork.keySet());
    SupervisorState after = state.apply(List.copyOf(granted));
    return devices
        .claims(after, waiting, atWork, leaving, experiment, room(after, leaving, runs))
        .stream()
        .flatMap(
            claim ->
                claim.victims().stream()
                    .map(
                        victim ->
                            new Turn.Yield(of(victim.run(), runs), of(claim.wish().run(), runs))))
        .toList();
  }

  private Preemption.Room room(
      SupervisorState state, Set<Long> leaving, Map<RunId, SupervisedRun> runs) {
    Set<RunId> anyway = new HashSet<>();
    state
        .leases()
        .forEach(
            (fence, lease) -> {
              if (leaving.contains(fence)) {
                anyway.add(lease.run());
              }
            });
    return (begun, victims) -> {
      Set<RunId> gone = new HashSet<>(anyway);
      gone.addAll(victims);
      return reservations.allow(state, begun, gone, run -> of(run, runs).order().footprint());
    };
  }

  /** Those that can be asked: nobody has asked them for their devices, or to rest. */
  private static Map<Long, Placement.Wish> atWork(
      SupervisorState state, Map<RunId, SupervisedRun> runs) {
    Map<Long, Placement.Wish> atWork = new HashMap<>();
    state
        .leases()
        .forEach(
            (fence, lease) -> {
              SupervisedRun run = runs.get(lease.run());
              if (run != null && run.stays(fence)) {
                atWork.put(fence, run.wish());
              }
            });
    return atWork;
  }

  /** In the order in which they came. */
  private static List<Placement.Wish> waiting(
      List<LeaseGranted> granted, Map<RunId, SupervisedRun> runs) {
    Set<RunId> begin = new HashSet<>();
    granted.forEach(lease -> begin.add(lease.run()));
    return runs.values().stream()
        .filter(run -> run.stage() == SupervisedRun.Stage.WAITING && !begin.contains(run.run()))
        .map(SupervisedRun::wish)
        .toList();
  }

  private static SupervisedRun of(RunId run, Map<RunId, SupervisedRun> runs) {
    return Objects.requireNonNull(runs.get(run));
  }
}
