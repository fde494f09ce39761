package io.saltus.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.saltus.experiment.RunId;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RunIdsTest {

  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-23T23:59:59Z"), ZoneOffset.UTC);

  @Test
  void a_name_has_experiment_day_and_four_signs() {
    assertThat(new RunIds(CLOCK, new Random(1)).next("grokking", id -> false).value())
        .matches("grokking-20261123-[23456789bcdfghjkmnpqrstvwxz]{4}");
  }

  @Test
  void a_taken_name_is_not_given_again() {
    List<RunId> refused = new ArrayList<>();
    RunId id =
        new RunIds(CLOCK, new Random(1))
            .next(
                "grokking",
                candidate -> {
                  refused.add(candidate);
                  return refused.size() < 3;
                });

    assertThat(refused).hasSize(3).doesNotHaveDuplicates().last().isEqualTo(id);
  }

  @Test
  void a_long_question_is_cut_to_fit() {
    assertThat(new RunIds(CLOCK, new Random(1)).next("q".repeat(63), id -> false).value())
        .hasSize(63);
  }
}
