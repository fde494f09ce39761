package io.saltus.actors;

import io.saltus.actors.SupervisorCommand.BackOffEnded;
import io.saltus.actors.SupervisorCommand.ReclaimLeases;
import io.saltus.actors.SupervisorCommand.Restore;
import io.saltus.actors.SupervisorCommand.TrainerWaits;
import io.saltus.experiment.event.AttemptEnd;
import io.saltus.experiment.event.SupervisorEvent;
import io.saltus.experiment.event.SupervisorEvent.DeviceDrained;
import io.saltus.experiment.event.SupervisorEvent.DeviceRestored;
import io.saltus.experiment.event.SupervisorEvent.LeaseReleased;
import io.saltus.experiment.event.SupervisorEvent.RestartScheduled;
import io.saltus.experiment.event.SupervisorEvent.RunSettled;
import io.saltus.persistence.projection.SupervisorState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.apache.pekko.actor.typed.javadsl.ActorContext;

/**
 * What a supervisor does about leases that end badly: the run waits, the device is watched. A run
 * that gave way does not wait to be tried again, only for its turn.
 */
final class DeviceDecisions {

  private final ActorContext<SupervisorCommand> context;
  private final Roster roster;
  private final DevicePool pool;
  private final Duration drainedFor;

  /**
   * What is done.
   *
   * @param events journalled at once, with the leases that they make possible
   * @param then done when they are durable
   */
  record Decision(List<SupervisorEvent> events, Runnable then) {}

  /**
   * @param drainedFor how long a drained device is given to nobody
   */
  DeviceDecisions(
      ActorContext<SupervisorCommand> context,
      Roster roster,
      DevicePool pool,
      Duration drainedFor) {
    this.context = context;
    this.roster = roster;
    this.pool = pool;
    this.drainedFor = drainedFor;
  }

  /** Leases of a process that is gone are free, and devices that it drained are tried again. */
  void recovered(SupervisorState state) {
    if (!state.leases().isEmpty()) {
      context.getSelf().tell(new ReclaimLeases(new TreeSet<>(state.leases().keySet())));
    }
    state.drained().forEach(device -> context.getSelf().tell(new Restore(device)));
  }

  Optional<Decision> on(ReclaimLeases reclaim) {
    List<SupervisorEvent> released =
        reclaim.fences().stream()
            .<SupervisorEvent>map(
                fence -> new LeaseReleased(fence, "the process that held it has ended"))
            .toList();
    return Optional.of(new Decision(released, () -> {}));
  }

  /**
   * A run that came to its end speaks for its devices, and one that failed for good of what comes
   * from outside speaks against them.
   *
   * @param then done when that is durable
   */
  Decision settled(Settlement settlement, SupervisorState state, Runnable then) {
    List<DeviceDrained> drained =
        state.leaseOf(settlement.run()).map(lease -> spoken(settlement, lease)).orElse(List.of());
    List<SupervisorEvent> events = new ArrayList<>();
    events.add(new RunSettled(settlement.run(), settlement.outcome()));
    events.addAll(drained);
    return new Decision(
        events,
        () -> {
          drained.forEach(this::tryLater);
          then.run();
        });
  }

  /** Which devices of a lease are to be drained for how its run came out. */
  private List<DeviceDrained> spoken(Settlement settlement, SupervisorState.Lease lease) {
    return switch (settlement.outcome()) {
      case COMPLETED -> {
        pool.didWell(lease);
        yield List.of();
      }
      case FAILED ->
          settlement.cause().map(cause -> pool.failedForGood(lease, cause)).orElse(List.of());
      case PAUSED, CANCELLED -> List.of();
    };
  }

  Optional<Decision> on(TrainerWaits waits, SupervisorState state) {
    SupervisedRun run = roster.find(waits.run()).orElse(null);
    if (run == null || run.stage() != SupervisedRun.Stage.WORKING) {
      return Optional.empty();
    }
    boolean gaveWay = waits.cause() == AttemptEnd.PREEMPTED;
    if (gaveWay) {
      pool.gaveWay(waits.run());
      roster.queue(run);
    } else {
      run.backsOff();
    }
    List<DeviceDrained> drained = new ArrayList<>();
    List<SupervisorEvent> events = new ArrayList<>();
    state
        .fenceOf(waits.run())
        .ifPresent(
            fence -> {
              state
                  .leaseOf(waits.run())
                  .ifPresent(lease -> drained.addAll(pool.failed(lease, waits.cause())));
              events.add(new LeaseReleased(fence, "its attempt ended: " + waits.cause().text()));
            });
    events.addAll(drained);
    events.add(new RestartScheduled(waits.run(), waits.cause(), waits.after().toMillis()));
    return Optional.of(
        new Decision(
            events,
            () -> {
              drained.forEach(this::tryLater);
              if (!gaveWay) {
                context.scheduleOnce(
                    waits.after(), context.getSelf(), new BackOffEnded(waits.run()));
              }
            }));
  }

  private void tryLater(DeviceDrained drained) {
    context
        .getLog()
        .warn(
            "device {} is given to nobody for {}: {}",
            drained.device(),
            drainedFor,
            drained.reason());
    context.scheduleOnce(drainedFor, context.getSelf(), new Restore(drained.device()));
  }

  Optional<Decision> on(BackOffEnded ended) {
    return roster
        .find(ended.run())
        .filter(run -> run.stage() == SupervisedRun.Stage.BACKING_OFF)
        .map(
            run -> {
              roster.queue(run);
              return new Decision(List.of(), () -> {});
            });
  }

  Optional<Decision> on(Restore restore, SupervisorState state) {
    return state.drained().contains(restore.device())
        ? Optional.of(new Decision(List.of(new DeviceRestored(restore.device())), () -> {}))
        : Optional.empty();
  }
}
