package io.saltus.actors;

import static org.assertj.core.api.Assertions.assertThat;

import io.saltus.experiment.spec.CheckpointCadence;
import io.saltus.experiment.spec.CheckpointPolicy;
import io.saltus.experiment.spec.DeviceKind;
import io.saltus.experiment.spec.ExperimentSpec;
import io.saltus.experiment.spec.Placing;
import io.saltus.testkit.Script;
import io.saltus.testkit.ScriptedProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FootprintEstimateTest {

  private static final long MIB = 1L << 20;

  /** What a scripted session says of its metrics: five of its own, three of every run, timings. */
  private final ScriptedProgram program = new ScriptedProgram(Script.learning());

  private final FootprintEstimate estimate = new FootprintEstimate(List.of(program), 4096);

  @TempDir private Path directory;

  private long metrics(ExperimentSpec spec) {
    return program.metrics(spec).size() + 2L;
  }

  private static ExperimentSpec placed(DeviceKind kind, Optional<Long> memory) {
    return Stage.placed(
        ScriptedProgram.spec(1000), "auto", new Placing(0, kind, Optional.empty(), memory));
  }

  @Test
  void memory_is_a_base_four_states_the_inputs_twice_and_two_frames() throws IOException {
    Path input = Files.write(directory.resolve("input"), new byte[1000]);
    ExperimentSpec spec = ScriptedProgram.spec(1000);

    assertThat(estimate.of(spec, List.of(input)).memoryBytes())
        .isEqualTo(32 * MIB + 4 * 16 * MIB + 2000 + 2 * 4096 * 16 * metrics(spec));
  }

  @Test
  void what_a_spec_asks_for_is_taken_at_its_word_on_a_processor() {
    Optional<Long> gib = Optional.of(1L << 30);

    assertThat(estimate.of(placed(DeviceKind.CPU, gib), List.of()).memoryBytes())
        .isEqualTo(1L << 30);
    assertThat(estimate.of(placed(DeviceKind.GPU, gib), List.of()).memoryBytes())
        .as("that is memory of the GPU; the machine's is estimated, for a process of its own")
        .isEqualTo(estimate.of(ScriptedProgram.spec(1000), List.of()).memoryBytes() + 480 * MIB);
  }

  @Test
  void the_disk_holds_the_checkpoints_that_are_kept_one_more_and_the_events() {
    ExperimentSpec spec = ScriptedProgram.spec(1000);
    ExperimentSpec every =
        DurableHome.with(
            spec,
            new CheckpointPolicy(
                new CheckpointCadence.EverySteps(10), 2, Optional.of(100L), Optional.empty()),
            20,
            spec.onDivergence());

    assertThat(estimate.of(spec, List.of()).diskBytes())
        .isEqualTo(4 * 16 * MIB + 1000 * 8 * metrics(spec));
    assertThat(estimate.of(every, List.of()).diskBytes())
        .isEqualTo((2 + 1 + 10) * 16 * MIB + 1000 * 8 * metrics(spec));
  }

  @Test
  void a_run_without_an_end_in_sight_reserves_a_gibibyte_for_its_events() {
    assertThat(estimate.of(ScriptedProgram.spec(1_000_000_000_000L), List.of()).diskBytes())
        .isEqualTo(4 * 16 * MIB + 1024 * MIB);
  }
}
