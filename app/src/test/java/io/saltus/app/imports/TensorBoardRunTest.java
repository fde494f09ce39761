package io.saltus.app.imports;

import static org.assertj.core.api.Assertions.assertThat;

import io.saltus.persistence.tensorboard.ScalarValue;
import org.junit.jupiter.api.Test;

/** What an event file says that cannot be taken as it stands is told. */
class TensorBoardRunTest {

  private final TensorBoardRun run = new TensorBoardRun(Allowance.ofHeap("a test"), 10);

  @Test
  void values_at_steps_that_no_double_holds_are_counted_and_told() {
    run.scalar("loss", 1L << 53, new ScalarValue.Real(0.5));
    run.scalar("loss", (1L << 53) + 1, new ScalarValue.Real(0.6));
    run.scalar("loss", Long.MAX_VALUE, new ScalarValue.Real(0.7));
    run.scalar("loss", -1, new ScalarValue.Real(0.8));
    assertThat(run.remarks())
        .containsExactly(
            "1 values at negative steps were left out",
            "2 values at steps beyond 2^53 were left out");
  }

  @Test
  void records_that_were_passed_over_are_told() {
    run.longRecord();
    assertThat(run.remarks()).containsExactly("1 records of more than 4 MiB were left out");
  }

  @Test
  void a_parameter_is_not_cut_in_the_middle_of_a_character() {
    run.parameter("p", "x".repeat(999) + "\ud83d\ude00");
    assertThat(run.parameters()).containsEntry("p", "x".repeat(999));
  }
}
