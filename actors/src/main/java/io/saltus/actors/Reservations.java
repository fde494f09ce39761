package io.saltus.actors;

import io.saltus.experiment.RunId;
import io.saltus.experiment.event.SupervisorEvent.LeaseGranted;
import io.saltus.experiment.spec.MemorySize;
import io.saltus.persistence.projection.SupervisorState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * What the runs at work have reserved of memory and disk. A run begins when what it takes is left;
 * until then it keeps what is left from whoever stands behind it, so a large one does not wait for
 * ever. A run that would be the only one is never held back, because these are estimates; only
 * below the floor of the disk nobody begins.
 */
final class Reservations {

  private final long memoryBytes;
  private final DiskRoom room;
  private final Map<RunId, Footprint> reserved = new HashMap<>();
  private DiskWatch.Seen disk = DiskWatch.Seen.NOTHING;
  private boolean low;
  private Optional<Held> held = Optional.empty();

  /**
   * A run that does not begin although there are devices for it.
   *
   * @param why for people
   * @param forDisk whether room on the disk would let it begin
   * @param ofAll whether that holds for every run
   */
  record Held(RunId run, String why, boolean forDisk, boolean ofAll) {

    /** What another run is told that waits behind it, or the run itself. */
    String toldTo(RunId other) {
      return ofAll || other.equals(run) ? why : "run " + run + " goes first: " + why;
    }
  }

  /**
   * @param memoryBytes that runs may take together; 0 when that is not known
   */
  Reservations(long memoryBytes, DiskRoom room) {
    this.memoryBytes = memoryBytes;
    this.room = room;
  }

  /** The disk was looked at. */
  void see(DiskWatch.Seen seen) {
    disk = seen;
    low = seen.freeBytes() < (low ? room.roomOf(seen.totalBytes()) : floor());
  }

  /** Whether so little is free that runs are to pause. */
  boolean isLow() {
    return low;
  }

  long floor() {
    return room.floorOf(disk.totalBytes());
  }

  DiskWatch.Seen disk() {
    return disk;
  }

  /** Who is held back since leases were last granted. */
  Optional<Held> held() {
    return held;
  }

  /** What is said of a disk without room. */
  String lowDisk() {
    return "the disk has %s left, and %s are kept free"
        .formatted(MemorySize.rounded(disk.freeBytes()), MemorySize.rounded(floor()));
  }

  /**
   * Those of the leases that can be granted in {@code state}, which it reserves for.
   *
   * @param wanted in the order in which they are to be granted
   */
  List<LeaseGranted> within(
      SupervisorState state, List<LeaseGranted> wanted, Function<RunId, Footprint> footprints) {
    held = Optional.empty();
    if (wanted.isEmpty()) {
      return wanted;
    }
    Set<RunId> holders = new HashSet<>();
    state.leases().values().forEach(lease -> holders.add(lease.run()));
    reserved.keySet().retainAll(holders);
    List<LeaseGranted> granted = new ArrayList<>();
    for (LeaseGranted lease : wanted) {
      Footprint footprint = footprints.apply(lease.run());
      held =
          refusal(footprint, reserved)
              .map(why -> new Held(lease.run(), why.text(), why.forDisk(), low));
      if (held.isPresent()) {
        break;
      }
      reserved.put(lease.run(), footprint);
      granted.add(lease);
    }
    return granted;
  }

  /**
   * Whether runs could begin in {@code state}; reserves nothing.
   *
   * @param begun one after the other
   * @param gone have leases in {@code state} and would be at rest by then
   */
  boolean allow(
      SupervisorState state,
      List<RunId> begun,
      Set<RunId> gone,
      Function<RunId, Footprint> footprints) {
    Map<RunId, Footprint> then = new HashMap<>();
    state.leases().values().stream()
        .map(SupervisorState.Lease::run)
        .filter(run -> !gone.contains(run))
        .forEach(run -> then.put(run, reserved.getOrDefault(run, Footprint.NONE)));
    for (RunId run : begun) {
      if (refusal(footprints.apply(run), then).isPresent()) {
        return false;
      }
      then.put(run, footprints.apply(run));
    }
    return true;
  }

  private record Why(String text, boolean forDisk) {}

  private Optional<Why> refusal(Footprint footprint, Map<RunId, Footprint> reserved) {
    if (low) {
      return Optional.of(new Why(lowDisk(), true));
    } else if (reserved.isEmpty()) {
      return Optional.empty();
    }
    Footprint all = reserved.values().stream().reduce(Footprint.NONE, Footprint::plus);
    if (memoryBytes > 0 && all.memoryBytes() + footprint.memoryBytes() > memoryBytes) {
      return Optional.of(
          new Why(
              refused("of memory", footprint.memoryBytes(), all.memoryBytes(), memoryBytes),
              false));
    }
    long writable = disk.freeBytes() - floor();
    return all.diskBytes() + footprint.diskBytes() > writable
        ? Optional.of(
            new Why(refused("on the disk", footprint.diskBytes(), all.diskBytes(), writable), true))
        : Optional.empty();
  }

  private static String refused(String of, long wanted, long taken, long all) {
    return "it takes about %s %s, and runs at work have reserved %s of %s"
        .formatted(
            MemorySize.rounded(wanted), of, MemorySize.rounded(taken), MemorySize.rounded(all));
  }
}
