package io.saltus.bench.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A small storm over a study; the large one is {@code bench/study-storm}. */
@Tag("slow")
class StudyStormTest {

  private static final String SPEC =
      """
      include "grokking"
      experiment = storm
      task.modulus = 23
      model.width = 64
      steps = 2000
      until = null
      evaluate.every = 50
      checkpoint.every = "200 steps"
      study { axes { "optimizer.weight-decay" = [0, 1] }, seeds = [1, 2] }
      """;

  @TempDir Path directory;

  @Test
  void a_study_whose_workers_and_process_are_killed_is_bit_for_bit_the_calm_one() throws Exception {
    Path spec = Files.writeString(directory.resolve("storm.conf"), SPEC);
    List<String> saltus =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            "io.saltus.app.cli.SaltusMain");

    StudyStorm.Outcome outcome =
        new StudyStorm(saltus, directory, 7)
            .play(spec, new StudyStorm.Weather(Duration.ofMillis(1_500), 2, true));

    assertThat(outcome.held()).isTrue();
    assertThat(outcome.runs()).isEqualTo(4);
    assertThat(outcome.equal()).isEqualTo(4);
    assertThat(outcome.workers()).isPositive();
    assertThat(outcome.attempts()).as("some were begun again").isGreaterThan(4);
  }
}
