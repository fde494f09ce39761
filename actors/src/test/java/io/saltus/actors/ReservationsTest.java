package io.saltus.actors;

import static org.assertj.core.api.Assertions.assertThat;

import io.saltus.experiment.DeviceId;
import io.saltus.experiment.RunId;
import io.saltus.experiment.event.SupervisorEvent.LeaseGranted;
import io.saltus.experiment.event.SupervisorEvent.LeaseReleased;
import io.saltus.persistence.projection.SupervisorState;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class ReservationsTest {

  private static final long MIB = 1L << 20;
  private static final DiskRoom ROOM = new DiskRoom(100 * MIB, 50 * MIB, Duration.ofSeconds(1));

  private final Reservations reservations = new Reservations(1000 * MIB, ROOM);
  private final Map<RunId, Footprint> footprints = new HashMap<>();
  private SupervisorState state = SupervisorState.empty();

  private LeaseGranted wish(int fence, long memory, long disk) {
    RunId run = new RunId("r" + fence);
    footprints.put(run, new Footprint(memory * MIB, disk * MIB));
    return new LeaseGranted(fence, List.of(new DeviceId("cpu", fence)), run);
  }

  private List<LeaseGranted> grant(LeaseGranted... wanted) {
    List<LeaseGranted> granted =
        reservations.within(
            state, List.of(wanted), run -> Objects.requireNonNull(footprints.get(run)));
    granted.forEach(lease -> state = state.apply(lease));
    return granted;
  }

  private void free(long mib) {
    reservations.see(new DiskWatch.Seen(mib * MIB, 10_000 * MIB));
  }

  @Test
  void runs_begin_as_long_as_the_sum_of_what_they_take_is_there() {
    LeaseGranted first = wish(1, 400, 0);
    LeaseGranted second = wish(2, 600, 0);
    LeaseGranted third = wish(3, 1, 0);

    assertThat(grant(first, second, third)).containsExactly(first, second);
    assertThat(reservations.held())
        .contains(
            new Reservations.Held(
                new RunId("r3"),
                "it takes about 1 MiB of memory, and runs at work have reserved 1000 MiB of 1000"
                    + " MiB",
                false,
                false));
  }

  @Test
  void what_a_run_that_has_left_had_reserved_is_free_again() {
    grant(wish(1, 900, 0));
    LeaseGranted second = wish(2, 200, 0);
    assertThat(grant(second)).isEmpty();

    state = state.apply(new LeaseReleased(1, "done"));

    assertThat(grant(second)).containsExactly(second);
    assertThat(reservations.held()).isEmpty();
  }

  @Test
  void who_is_held_back_keeps_what_is_left_from_those_behind() {
    grant(wish(1, 500, 0));

    assertThat(grant(wish(2, 600, 0), wish(3, 1, 0))).isEmpty();
  }

  @Test
  void who_would_be_alone_is_not_held_back_by_an_estimate() {
    free(200);
    LeaseGranted huge = wish(1, 5000, 5000);

    assertThat(grant(huge)).containsExactly(huge);
  }

  @Test
  void the_memory_of_a_machine_that_does_not_say_it_is_not_counted() {
    Reservations unknown = new Reservations(0, ROOM);
    List<LeaseGranted> wanted = List.of(wish(1, 9000, 0), wish(2, 9000, 0));

    assertThat(unknown.within(state, wanted, run -> Objects.requireNonNull(footprints.get(run))))
        .isEqualTo(wanted);
  }

  @Test
  void of_the_disk_only_what_lies_above_the_floor_can_be_reserved() {
    free(300);
    LeaseGranted first = wish(1, 0, 150);
    LeaseGranted second = wish(2, 0, 50);
    LeaseGranted third = wish(3, 0, 1);

    assertThat(grant(first, second, third)).containsExactly(first, second);
    assertThat(reservations.held().orElseThrow().forDisk()).isTrue();
    assertThat(reservations.held().orElseThrow().why())
        .isEqualTo(
            "it takes about 1 MiB on the disk, and runs at work have reserved 200 MiB of 200 MiB");
  }

  @Test
  void below_the_floor_nobody_begins_until_there_is_a_margin_above_it() {
    free(99);
    assertThat(reservations.isLow()).isTrue();
    assertThat(grant(wish(1, 0, 0))).isEmpty();
    assertThat(reservations.held().orElseThrow().why())
        .isEqualTo("the disk has 99 MiB left, and 100 MiB are kept free");

    free(149);
    assertThat(reservations.isLow()).isTrue();
    free(150);
    assertThat(reservations.isLow()).isFalse();
    free(100);
    assertThat(reservations.isLow()).isFalse();
  }

  @Test
  void of_a_small_disk_a_tenth_is_kept() {
    reservations.see(new DiskWatch.Seen(3 * MIB, 24 * MIB));
    assertThat(reservations.isLow()).isFalse();
    assertThat(reservations.floor()).isEqualTo(24 * MIB / 10);
    reservations.see(new DiskWatch.Seen(2 * MIB, 24 * MIB));
    assertThat(reservations.isLow()).isTrue();
  }
}
