package io.saltus.actors;

import io.saltus.actors.DeviceDecisions.Decision;
import io.saltus.experiment.event.SupervisorEvent;
import io.saltus.experiment.event.SupervisorEvent.DiskRanLow;
import io.saltus.experiment.event.SupervisorEvent.DiskRecovered;
import java.util.List;
import java.util.Optional;
import org.apache.pekko.actor.typed.javadsl.ActorContext;

/**
 * What a supervisor does about its disk: below the floor the runs at work pause, with a checkpoint
 * where that still fits, and go on by themselves when there is room again.
 */
final class DiskDecisions {

  private final ActorContext<SupervisorCommand> context;
  private final Roster roster;
  private final Reservations reservations;
  private final Admission admission;

  /** As the journal has it. */
  private boolean low;

  DiskDecisions(
      ActorContext<SupervisorCommand> context,
      Roster roster,
      Reservations reservations,
      Admission admission) {
    this.context = context;
    this.roster = roster;
    this.reservations = reservations;
    this.admission = admission;
  }

  /** Has the disk looked at from now on. */
  void watch(WatchedDisk disk, DiskRoom room) {
    reservations.see(disk.first());
    context.spawn(
        DiskWatch.create(
            disk.disk(),
            room.every(),
            context.messageAdapter(DiskWatch.Seen.class, SupervisorCommand.DiskSeen::new)),
        "disk",
        DiskWatch.DISPATCHER);
  }

  /** On what was seen; empty where nothing follows from it. */
  Optional<Decision> on(SupervisorCommand.DiskSeen seen) {
    reservations.see(seen.disk());
    if (reservations.isLow() == low) {
      // Room may have grown for one that waits for it, whatever the floor.
      return reservations.held().filter(Reservations.Held::forDisk).isPresent()
          ? Optional.of(new Decision(List.of(), () -> {}))
          : Optional.empty();
    }
    low = !low;
    long free = seen.disk().freeBytes();
    SupervisorEvent event =
        low ? new DiskRanLow(free, reservations.floor()) : new DiskRecovered(free);
    return Optional.of(new Decision(List.of(event), low ? this::park : this::recover));
  }

  private void park() {
    String reason = reservations.lowDisk() + "; the run goes on by itself when there is more room";
    context.getLog().warn("runs pause: {}", reservations.lowDisk());
    roster.runs().stream()
        .filter(run -> run.stage() == SupervisedRun.Stage.WORKING)
        .forEach(run -> run.park(reason, context.getSystem().ignoreRef()));
  }

  private void recover() {
    context.getLog().warn("there is room on the disk again: runs go on");
    goOn();
  }

  /** Runs that rest until there is room go on, if there is: they may have taken long to rest. */
  void goOn() {
    if (!low) {
      roster.goOn(admission);
    }
  }
}
