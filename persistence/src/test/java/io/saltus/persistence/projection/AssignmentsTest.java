package io.saltus.persistence.projection;

import static org.assertj.core.api.Assertions.assertThat;

import io.saltus.experiment.RunId;
import io.saltus.experiment.StudyId;
import io.saltus.experiment.event.StudyEvent.RunAssigned;
import io.saltus.persistence.projection.Assignments.Place;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class AssignmentsTest {

  private static final StudyId STUDY = new StudyId("s");
  private static final RunId OTHER = new RunId("other");
  private static final RunId OWN = STUDY.run(1);

  private static RunAssigned at(String width, long seed, RunId run, boolean reused) {
    return new RunAssigned(new TreeMap<>(Map.of("model.width", width)), seed, run, reused);
  }

  private static Place place(String width, long seed) {
    return new Place(new TreeMap<>(Map.of("model.width", width)), seed);
  }

  private static Assignments of(RunAssigned... assigned) {
    Assignments assignments = Assignments.none();
    for (RunAssigned each : assigned) {
      assignments = assignments.with(each);
    }
    return assignments;
  }

  @Test
  void a_hundred_thousand_places_each_keep_their_run() {
    Assignments assignments = Assignments.none();
    for (int i = 0; i < 100_000; i++) {
      assignments = assignments.with(at(Integer.toString(i / 5), i % 5, STUDY.run(i + 1), false));
    }
    assertThat(assignments.size()).isEqualTo(100_000);
    assertThat(assignments.own()).isEqualTo(100_000);
    Set<RunId> all = new HashSet<>();
    for (RunAssigned each : assignments.all()) {
      all.add(each.run());
    }
    assertThat(all).hasSize(100_000);
    for (int i = 0; i < 100_000; i += 997) {
      RunAssigned there = assignments.at(place(Integer.toString(i / 5), i % 5)).orElseThrow();
      assertThat(there.run()).isEqualTo(STUDY.run(i + 1));
      assertThat(assignments.of(there.run())).contains(there);
    }
  }

  @Test
  void what_was_before_stays_as_it_was() {
    Assignments before = of(at("1", 1, OWN, false));
    Assignments after = before.with(at("1", 2, STUDY.run(2), false));
    assertThat(before.size()).isEqualTo(1);
    assertThat(before.at(place("1", 2))).isEmpty();
    assertThat(after.size()).isEqualTo(2);
  }

  @Test
  void a_later_run_takes_the_place_of_an_earlier_one_which_stays_the_studys_own() {
    Assignments assignments = of(at("1", 1, OWN, false), at("1", 1, STUDY.run(2), false));
    assertThat(assignments.size()).isEqualTo(1);
    assertThat(assignments.at(place("1", 1)).orElseThrow().run()).isEqualTo(STUDY.run(2));
    assertThat(runs(assignments.ever())).containsExactlyInAnyOrder(OWN, STUDY.run(2));
  }

  @Test
  void a_run_of_somebody_else_never_is_the_studys_own() {
    Assignments assignments = of(at("1", 1, OWN, false), at("2", 1, OTHER, true));
    assertThat(runs(assignments.all())).containsExactlyInAnyOrder(OWN, OTHER);
    assertThat(runs(assignments.ever())).containsExactly(OWN);
    assertThat(assignments.own()).isEqualTo(1);
  }

  @Test
  void a_run_of_its_own_that_it_uses_a_second_time_stays_its_own() {
    Assignments assignments = of(at("1", 1, OWN, false), at("2", 1, OWN, true));
    assertThat(runs(assignments.ever())).containsExactly(OWN);
    assertThat(assignments.of(OWN)).contains(at("1", 1, OWN, false));
    assertThat(assignments.at(place("2", 1))).contains(at("2", 1, OWN, true));
  }

  @Test
  void equal_is_what_has_the_same_runs_at_the_same_places() {
    Assignments twice = of(at("1", 1, OTHER, true), at("2", 1, OTHER, true));
    assertThat(twice)
        .isEqualTo(of(at("1", 1, OTHER, true), at("2", 1, OTHER, true)))
        .hasSameHashCodeAs(of(at("1", 1, OTHER, true), at("2", 1, OTHER, true)))
        .isNotEqualTo(of(at("2", 1, OTHER, true)));
  }

  private static List<RunId> runs(Iterable<RunAssigned> assigned) {
    List<RunId> runs = new ArrayList<>();
    assigned.forEach(each -> runs.add(each.run()));
    return runs;
  }
}
