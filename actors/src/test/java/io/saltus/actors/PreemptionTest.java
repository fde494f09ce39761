package io.saltus.actors;

import static org.assertj.core.api.Assertions.assertThat;

import io.saltus.actors.Placement.Grant;
import io.saltus.actors.Placement.Wish;
import io.saltus.actors.Preemption.Claim;
import io.saltus.actors.Preemption.Holder;
import io.saltus.experiment.DeviceId;
import io.saltus.experiment.RunId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Who gives way to whom. */
class PreemptionTest {

  private static final Preemption.Room ROOM = (begun, gone) -> true;
  private static final int URGENT = 2;

  private final Placement placement = new Placement();

  private static DeviceId cpu(int slot) {
    return new DeviceId("cpu", slot);
  }

  private static Wish wish(String run, int priority, int count) {
    return new Wish(new RunId(run), run, priority, Optional.empty(), "cpu", count);
  }

  private static Holder holder(String run, int priority, long fence, DeviceId... devices) {
    return new Holder(new RunId(run), priority, fence, List.of(devices));
  }

  private List<String> claims(List<Wish> waiting, List<DeviceId> open, Holder... atWork) {
    return claims(waiting, open, ROOM, atWork);
  }

  /** Each as {@code victim, victim > who waits}. */
  private List<String> claims(
      List<Wish> waiting, List<DeviceId> open, Preemption.Room room, Holder... atWork) {
    return Preemption.claims(placement, waiting, open, Arrays.asList(atWork), Map.of(), room)
        .stream()
        .map(PreemptionTest::text)
        .toList();
  }

  private static String text(Claim claim) {
    return String.join(", ", claim.victims().stream().map(each -> each.run().value()).toList())
        + " > "
        + claim.wish().run();
  }

  @Test
  void who_has_the_lowest_priority_gives_way_and_among_those_who_began_last() {
    assertThat(
            claims(
                List.of(wish("urgent", 5, 1)),
                List.of(),
                holder("usual", 1, 1, cpu(0)),
                holder("early", 0, 2, cpu(1)),
                holder("late", 0, 3, cpu(2))))
        .containsExactly("late > urgent");
  }

  @Test
  void nobody_gives_way_to_an_equal() {
    assertThat(claims(List.of(wish("a", 1, 1)), List.of(), holder("b", 1, 1, cpu(0)))).isEmpty();
  }

  @Test
  void nobody_gives_way_where_devices_are_free_or_are_about_to_be() {
    assertThat(claims(List.of(wish("urgent", 5, 1)), List.of(cpu(1)), holder("low", 0, 1, cpu(0))))
        .isEmpty();
  }

  @Test
  void what_is_free_counts_and_only_as_many_give_way_as_are_needed_beside_it() {
    Holder[] atWork = {
      holder("a", 0, 1, cpu(0)), holder("b", 0, 2, cpu(1)), holder("c", 0, 3, cpu(2))
    };
    assertThat(claims(List.of(wish("wide", 5, 3)), List.of(cpu(3)), atWork))
        .containsExactly("c, b > wide");
  }

  @Test
  void one_that_holds_enough_spares_those_that_were_chosen_before_it() {
    assertThat(
            claims(
                List.of(wish("wide", 5, 2)),
                List.of(),
                holder("narrow", 0, 1, cpu(0)),
                holder("broad", 1, 2, cpu(1), cpu(2))))
        .containsExactly("broad > wide");
  }

  @Test
  void nobody_gives_way_where_that_would_not_suffice() {
    assertThat(
            claims(
                List.of(wish("wide", 5, 3)),
                List.of(),
                holder("low", 0, 1, cpu(0)),
                holder("lower", -1, 2, cpu(1)),
                holder("high", 5, 3, cpu(2))))
        .isEmpty();
  }

  @Test
  void who_holds_devices_of_another_kind_or_too_small_ones_or_not_the_named_one_goes_on() {
    Holder gpu = holder("gpu", 0, 1, new DeviceId("gpu", 0));
    Wish named = new Wish(new RunId("n"), "n", 5, Optional.of(cpu(1)), "cpu", 1);
    Wish large =
        new Wish(new RunId("l"), "l", 5, Optional.empty(), "cpu", 1, Set.of(cpu(1), cpu(2)));
    Holder[] atWork = {
      gpu, holder("a", 0, 2, cpu(0)), holder("b", 0, 3, cpu(1)), holder("c", 0, 4, cpu(2))
    };
    assertThat(claims(List.of(wish("urgent", 5, 1)), List.of(), gpu)).isEmpty();
    assertThat(claims(List.of(named), List.of(), atWork)).containsExactly("b > n");
    assertThat(claims(List.of(large), List.of(), atWork)).containsExactly("a > l");
  }

  @Test
  void several_that_wait_are_served_each_by_others_and_in_their_order() {
    assertThat(
            claims(
                List.of(wish("high", 5, 1), wish("higher", 9, 1), wish("low", 0, 1)),
                List.of(),
                holder("a", 0, 1, cpu(0)),
                holder("b", 3, 2, cpu(1)),
                holder("c", 7, 3, cpu(2))))
        .containsExactly("a > higher", "b > high");
  }

  @Test
  void devices_that_are_about_to_be_free_are_counted_for_one_run_only() {
    assertThat(
            claims(
                List.of(wish("first", 5, 1), wish("second", 5, 1)),
                List.of(cpu(1)),
                holder("low", 0, 1, cpu(0))))
        .containsExactly("low > second");
  }

  @Test
  void who_gives_way_makes_room_in_memory_too_and_nobody_does_where_that_is_not_enough() {
    Holder[] atWork = {holder("a", 0, 1, cpu(0)), holder("b", 0, 2, cpu(1))};
    Preemption.Room both = (begun, gone) -> gone.size() >= 2;
    assertThat(claims(List.of(wish("large", 5, 1)), List.of(cpu(2)), both, atWork))
        .containsExactly("b, a > large");
    assertThat(
            claims(
                List.of(wish("large", 5, 1), wish("other", 5, 1)),
                List.of(),
                (begun, gone) -> !begun.contains(new RunId("large")),
                atWork))
        .as("and what is left is kept for it")
        .isEmpty();
  }

  /** Has a run passed by so often that it is lifted by a priority. */
  private void age(Wish wish) {
    for (int k = 0; k < 8; k++) {
      placement.gaveWay(wish.run());
    }
  }

  @Test
  void nobody_gives_way_for_one_behind_whom_another_would_take_the_devices() {
    Wish aged = wish("aged", 0, 1);
    age(aged);
    age(aged);
    assertThat(claims(List.of(wish("urgent", 1, 1), aged), List.of(), holder("low", 0, 1, cpu(0))))
        .isEmpty();
    assertThat(claims(List.of(wish("urgent", 3, 1), aged), List.of(), holder("low", 0, 1, cpu(0))))
        .containsExactly("low > urgent");
  }

  @Test
  void waiting_lets_a_run_begin_and_lets_nobody_give_way_to_it() {
    Wish aged = wish("aged", 0, 1);
    age(aged);
    assertThat(claims(List.of(aged), List.of(), holder("low", 0, 1, cpu(0)))).isEmpty();
  }

  /** A run of the simulation. */
  private static final class Job {

    private final Wish wish;
    private final int came;
    private int left;
    private int gaveWay;

    Job(Wish wish, int came, int rounds) {
      this.wish = wish;
      this.came = came;
      this.left = rounds;
    }
  }

  /**
   * Four devices that are mostly in the hands of long runs of low priorities, with bursts of urgent
   * ones, and for 400 rounds more of these than the devices can do: the long ones give way, and
   * come to their end all the same. Each of them gives way eight times at most for every priority
   * that lies between its own and the highest.
   */
  @Test
  void nobody_starves_and_nobody_gives_way_without_end() {
    SplittableRandom random = new SplittableRandom(11);
    List<DeviceId> all = List.of(cpu(0), cpu(1), cpu(2), cpu(3));
    Map<RunId, Job> jobs = new LinkedHashMap<>();
    Map<RunId, Grant> atWork = new LinkedHashMap<>();
    Map<RunId, Long> fences = new HashMap<>();
    List<Job> patient = new ArrayList<>();
    int preemptions = 0;
    int urgent = 0;
    int longest = 0;
    long fence = 0;
    for (int round = 0; round < 4_000; round++) {
      if (round % 25 == 0) {
        Job job =
            new Job(
                wish("low-" + round, random.nextInt(3) - 2, 1 + random.nextInt(2)),
                round,
                20 + random.nextInt(40));
        jobs.put(job.wish.run(), job);
        patient.add(job);
      }
      boolean flood = round >= 1_000 && round < 1_400;
      for (int k = 0; k < (flood ? 1 : round % 40 == 0 ? 10 : 0); k++) {
        Wish wish = wish("urgent-" + round + "-" + k, 1 + random.nextInt(URGENT), 1);
        jobs.put(wish.run(), new Job(wish, round, 5));
        urgent++;
      }
      atWork.keySet().forEach(run -> job(jobs, run).left--);
      for (RunId run : List.copyOf(atWork.keySet())) {
        Job job = job(jobs, run);
        if (job.left <= 0) {
          atWork.remove(run);
          jobs.remove(run);
          placement.forget(run);
          longest = patient.remove(job) ? Math.max(longest, round - job.came) : longest;
        }
      }
      for (int look = 0; look < 2; look++) {
        List<Wish> waiting = waiting(jobs, atWork);
        for (Grant grant : placement.grants(waiting, free(all, atWork), Map.of())) {
          atWork.put(grant.run(), grant);
          fences.put(grant.run(), ++fence);
        }
        for (Claim claim :
            Preemption.claims(
                placement,
                waiting(jobs, atWork),
                free(all, atWork),
                holders(jobs, atWork, fences),
                Map.of(),
                ROOM)) {
          for (Holder victim : claim.victims()) {
            assertThat(victim.priority()).isLessThan(claim.wish().priority());
            atWork.remove(victim.run());
            placement.gaveWay(victim.run());
            Job job = job(jobs, victim.run());
            job.gaveWay++;
            preemptions++;
            assertThat(job.gaveWay).isLessThanOrEqualTo(8 * (URGENT - job.wish.priority()));
          }
        }
      }
    }

    assertThat(patient.stream().filter(job -> job.came < 3_000)).isEmpty();
    assertThat(longest).isLessThan(800);
    assertThat(preemptions).isBetween(20, urgent);
  }

  private static Job job(Map<RunId, Job> jobs, RunId run) {
    return Objects.requireNonNull(jobs.get(run));
  }

  private static List<Wish> waiting(Map<RunId, Job> jobs, Map<RunId, Grant> atWork) {
    return jobs.values().stream()
        .map(job -> job.wish)
        .filter(wish -> !atWork.containsKey(wish.run()))
        .toList();
  }

  private static List<DeviceId> free(List<DeviceId> all, Map<RunId, Grant> atWork) {
    List<DeviceId> free = new ArrayList<>(all);
    atWork.values().forEach(grant -> free.removeAll(grant.devices()));
    return free;
  }

  private List<Holder> holders(
      Map<RunId, Job> jobs, Map<RunId, Grant> atWork, Map<RunId, Long> fences) {
    return atWork.values().stream()
        .map(
            grant ->
                new Holder(
                    grant.run(),
                    placement.priority(job(jobs, grant.run()).wish),
                    fences.getOrDefault(grant.run(), 0L),
                    grant.devices()))
        .toList();
  }
}
