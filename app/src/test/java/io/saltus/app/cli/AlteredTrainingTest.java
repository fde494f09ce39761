package io.saltus.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.saltus.app.Programs;
import io.saltus.app.cli.Console.Outcome;
import io.saltus.experiment.metric.MetricName;
import io.saltus.experiment.session.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code verify} says when the code trains otherwise than it did. */
class AlteredTrainingTest {

  private static final MetricName LEARNING_RATE = new MetricName("learning-rate");

  @TempDir Path directory;
  private Console console;
  private Path spec = Path.of("");

  @BeforeEach
  void write() throws IOException {
    spec =
        Files.writeString(
            directory.resolve("spec.conf"),
            """
            include "grokking"
            task.modulus = 13
            model.width = 16
            batch-size = 32
            steps = 100
            until = null
            evaluate { every = 10, sets { train-set { every = 10 } } }
            checkpoint { every = "36 steps" }
            """);
    console = new Console(directory);
  }

  @Test
  void a_learning_rate_that_was_altered_is_found_at_the_very_step() {
    record(UnaryOperator.identity());
    // By one unit in the last place, which no other metric shows until some steps later.
    Outcome outcome = verify(program -> from37(program, "0.0049999994"));

    assertThat(outcome.code()).as(outcome.err()).isEqualTo(3);
    assertThat(outcome.out())
        .contains(
            "\"identical\":false",
            "\"firstDifference\":{\"step\":37,\"metric\":\"learning-rate\","
                + "\"recorded\":\"0.005\",\"recomputed\":\"0.0049999994\"}");
    assertThat(console.run("events", "a", "--stream", "audit").out())
        .contains("learning-rate differs at step 37: recorded 0.005, recomputed 0.0049999994");
  }

  @Test
  void where_the_rate_is_not_recorded_it_is_found_by_what_the_first_altered_update_gave() {
    record(program -> new AlteredTraining.Without(program, LEARNING_RATE));
    // The metrics of step 37 are those before its update: it shows in the next one.
    Outcome outcome =
        verify(program -> new AlteredTraining.Without(from37(program, "0.004"), LEARNING_RATE));

    assertThat(outcome.code()).as(outcome.err()).isEqualTo(3);
    assertThat(outcome.out()).contains("\"firstDifference\":{\"step\":38,\"metric\":\"");
    assertThat(outcome.out()).doesNotContain("learning-rate");
  }

  @Test
  void a_single_bit_of_a_single_value_in_the_journal_is_found_at_its_step() {
    record(program -> new AlteredTraining.OneBit(program, new MetricName("gradient-norm"), 61));
    Outcome outcome = verify(UnaryOperator.identity());

    assertThat(outcome.code()).as(outcome.err()).isEqualTo(3);
    assertThat(outcome.out())
        .contains("\"firstDifference\":{\"step\":61,\"metric\":\"gradient-norm\",");
  }

  @Test
  void code_that_only_looks_altered_is_found_to_be_the_same() {
    record(UnaryOperator.identity());
    Outcome outcome =
        verify(program -> new AlteredTraining.FromStep(program, 37, UnaryOperator.identity()));

    assertThat(outcome.code()).as(outcome.out() + outcome.err()).isZero();
    assertThat(outcome.out()).contains("\"identical\":true");
  }

  private void record(UnaryOperator<Program> code) {
    Outcome outcome = with(code).run("run", spec.toString(), "--name", "a");
    assertThat(outcome.code()).as(outcome.err()).isZero();
  }

  private Outcome verify(UnaryOperator<Program> code) {
    return with(code).run("verify", "a", "--format", "json");
  }

  private Console with(UnaryOperator<Program> code) {
    return console.programs(jars -> installed(jars).stream().map(code).toList());
  }

  private static Program from37(Program program, String rate) {
    return new AlteredTraining.FromStep(
        program,
        37,
        recorded ->
            new SpecChoice("recorded")
                .set(List.of("optimizer.learning-rate=" + rate))
                .change(recorded, List.of(program)));
  }

  private static List<Program> installed(List<Path> jars) {
    return Programs.installed().find(jars);
  }
}
