package io.saltus.actors;

import static org.assertj.core.api.Assertions.assertThat;

import io.saltus.actors.Placement.Grant;
import io.saltus.actors.Placement.Wish;
import io.saltus.experiment.DeviceId;
import io.saltus.experiment.RunId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PlacementTest {

  private static final DeviceId CPU0 = new DeviceId("cpu", 0);
  private static final DeviceId CPU1 = new DeviceId("cpu", 1);
  private static final DeviceId CPU2 = new DeviceId("cpu", 2);

  private final Placement placement = new Placement();

  private static Wish wish(String run, String experiment, int priority, int count) {
    return new Wish(new RunId(run), experiment, priority, Optional.empty(), "cpu", count);
  }

  private static Wish wish(String run) {
    return wish(run, "x", 0, 1);
  }

  private static Grant grant(String run, DeviceId... devices) {
    return new Grant(new RunId(run), List.of(devices));
  }

  @Test
  void who_came_first_goes_first() {
    assertThat(
            placement.grants(
                List.of(wish("a"), wish("b"), wish("c")), List.of(CPU0, CPU1), Map.of()))
        .containsExactly(grant("a", CPU0), grant("b", CPU1));
  }

  @Test
  void a_higher_priority_goes_before_all_that() {
    assertThat(
            placement.grants(
                List.of(wish("a"), wish("urgent", "x", 2, 1)), List.of(CPU0), Map.of("x", 5)))
        .containsExactly(grant("urgent", CPU0));
  }

  @Test
  void the_experiment_that_holds_fewest_devices_goes_first_among_equals() {
    List<Wish> waiting =
        List.of(wish("a1", "a", 0, 1), wish("a2", "a", 0, 1), wish("b1", "b", 0, 1));

    assertThat(placement.grants(waiting, List.of(CPU0, CPU1), Map.of()))
        .containsExactly(grant("a1", CPU0), grant("b1", CPU1));
    assertThat(placement.grants(waiting, List.of(CPU0), Map.of("a", 1)))
        .containsExactly(grant("b1", CPU0));
  }

  @Test
  void who_needs_several_devices_gets_them_at_once_and_keeps_them_from_those_behind() {
    List<Wish> waiting = List.of(wish("wide", "x", 0, 2), wish("narrow"));

    assertThat(placement.grants(waiting, List.of(CPU0), Map.of())).isEmpty();
    assertThat(placement.grants(waiting, List.of(CPU0, CPU1, CPU2), Map.of()))
        .containsExactly(grant("wide", CPU0, CPU1), grant("narrow", CPU2));
  }

  @Test
  void who_names_a_device_waits_for_that_one_and_keeps_nobody_waiting() {
    Wish named = new Wish(new RunId("named"), "x", 9, Optional.of(CPU1), "cpu", 1);

    assertThat(placement.grants(List.of(named, wish("b")), List.of(CPU0), Map.of()))
        .containsExactly(grant("b", CPU0));
    assertThat(placement.grants(List.of(named, wish("b")), List.of(CPU0, CPU1), Map.of()))
        .containsExactly(grant("named", CPU1), grant("b", CPU0));
  }

  @Test
  void a_device_of_another_kind_is_no_device() {
    Wish gpu = new Wish(new RunId("gpu"), "x", 0, Optional.empty(), "gpu", 1);

    assertThat(placement.grants(List.of(gpu, wish("b")), List.of(CPU0), Map.of()))
        .containsExactly(grant("b", CPU0));
  }

  /**
   * Four devices, where in each round more urgent runs come than there are devices: without ageing
   * those of the lowest priority, and the wide one, would wait for ever.
   */
  @Test
  void nobody_starves() {
    SplittableRandom random = new SplittableRandom(7);
    List<DeviceId> all = List.of(CPU0, CPU1, CPU2, new DeviceId("cpu", 3));
    Map<RunId, Wish> waiting = new LinkedHashMap<>();
    Map<RunId, Integer> since = new HashMap<>();
    Map<RunId, Grant> running = new HashMap<>();
    Map<RunId, Integer> ends = new HashMap<>();
    Map<RunId, String> experiments = new HashMap<>();
    int longest = 0;
    List<RunId> patient = new ArrayList<>();
    for (int round = 0; round < 3_000; round++) {
      for (int k = 0; k < 2; k++) {
        boolean rare = round % 200 == 0 && k == 0;
        Wish wish =
            rare
                ? wish("rare-" + round, "rare", -2, 3)
                : wish("r-" + round + "-" + k, "e" + random.nextInt(3), random.nextInt(3), 1);
        waiting.put(wish.run(), wish);
        since.put(wish.run(), round);
        experiments.put(wish.run(), wish.experiment());
        if (rare) {
          patient.add(wish.run());
        }
      }
      int now = round;
      running.keySet().removeIf(run -> ends.getOrDefault(run, 0) <= now);
      List<DeviceId> free = new ArrayList<>(all);
      running.values().forEach(grant -> free.removeAll(grant.devices()));
      Map<String, Integer> held = new HashMap<>();
      running.forEach(
          (run, grant) ->
              held.merge(experiments.getOrDefault(run, ""), grant.devices().size(), Integer::sum));
      for (Grant grant : placement.grants(List.copyOf(waiting.values()), free, held)) {
        waiting.remove(grant.run());
        running.put(grant.run(), grant);
        ends.put(grant.run(), round + 1 + random.nextInt(2));
        if (patient.remove(grant.run())) {
          longest = Math.max(longest, round - since.getOrDefault(grant.run(), 0));
        }
      }
    }

    assertThat(patient.stream().filter(run -> since.getOrDefault(run, 0) < 2_800)).isEmpty();
    assertThat(longest).isLessThan(200);
  }

  /** Before anybody has waited so long that it is more urgent than others. */
  @Test
  void experiments_hold_equal_shares_however_many_of_their_runs_wait() {
    List<DeviceId> all = IntStream.range(0, 6).mapToObj(slot -> new DeviceId("cpu", slot)).toList();
    Map<String, Integer> waiting = new TreeMap<>(Map.of("many", 60, "some", 20, "few", 9));
    Map<RunId, Wish> wishes = new LinkedHashMap<>();
    waiting.forEach(
        (experiment, count) -> {
          for (int k = 0; k < count; k++) {
            Wish wish = wish(experiment + "-" + k, experiment, 0, 1);
            wishes.put(wish.run(), wish);
          }
        });
    Map<RunId, Grant> running = new LinkedHashMap<>();
    for (int round = 0; round < 7; round++) {
      // The one that runs longest ends, whosever it is.
      running.keySet().stream().findFirst().ifPresent(running::remove);
      List<DeviceId> free = new ArrayList<>(all);
      running.values().forEach(grant -> free.removeAll(grant.devices()));
      for (Grant grant :
          placement.grants(List.copyOf(wishes.values()), free, held(running.keySet()))) {
        wishes.remove(grant.run());
        running.put(grant.run(), grant);
      }

      assertThat(held(running.keySet()))
          .as("round " + round)
          .isEqualTo(Map.of("many", 2, "some", 2, "few", 2));
    }
  }

  /** Of runs that are called after their experiments and have a device each. */
  private static Map<String, Integer> held(Set<RunId> running) {
    Map<String, Integer> held = new HashMap<>();
    running.forEach(run -> held.merge(run.value().replaceFirst("-.*", ""), 1, Integer::sum));
    return held;
  }

  @Test
  void ten_thousand_that_wait_are_placed_without_comparing_each_with_each() {
    List<Wish> waiting = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      waiting.add(
          i % 2 == 0
              ? wish("r" + i, "e" + i % 7, 0, 1)
              : new Wish(new RunId("r" + i), "e", 0, Optional.of(CPU1), "cpu", 1));
    }

    assertThat(placement.grants(waiting, List.of(CPU0), Map.of("e0", 1))).hasSize(1);
    assertThat(placement.grants(waiting, List.of(CPU0, CPU1), Map.of())).hasSize(2);
  }
}
