package io.saltus.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.saltus.app.Programs;
import io.saltus.app.cli.Console.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Small runs of TensorFlow with every optimiser: saved, restored, forked and compared. */
class OptimizersTest {

  private static final Pattern DIGEST = Pattern.compile("\"digest\":\"([0-9a-f]{64})\"");

  @TempDir Path directory;
  private Console console;

  @BeforeEach
  void open() {
    console = new Console(directory).programs(Programs.installed());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "kind = adamw, clip-norm = 0.1, schedule = linear, schedule-steps = 50",
        "kind = adam, weight-decay = 0.1, schedule = cosine, schedule-steps = 50, warm-up-steps = 5",
        "kind = sgd, momentum = 0.9, schedule = step, step-every = 25",
        "kind = sgd, momentum = 0.9, nesterov = true, clip-norm = 0.1, schedule = piecewise,"
            + " piecewise = [[20, 0.005], [45, 1e-4]]",
        "kind = sgd, weight-decay = 0.1, schedule = inverse-sqrt, schedule-steps = 10"
      })
  void a_run_goes_on_from_its_checkpoint_and_is_the_one_that_never_stopped(String optimizer)
      throws IOException {
    String spec = spec(optimizer);
    assertThat(console.run("run", spec, "--name", "whole", "--steps", "60").code()).isZero();
    assertThat(console.run("run", spec, "--name", "halves", "--steps", "40").code()).isZero();

    Outcome extended = console.run("extend", "halves", "--steps", "60");

    assertThat(extended.code()).as(extended.err()).isZero();
    assertThat(extended.err()).contains("were executed again: bit for bit as recorded");
    // The last step of each is evaluated, and 40 is due: the same values at the same steps.
    assertThat(digest("halves")).isEqualTo(digest("whole"));
    assertThat(console.run("verify", "halves").out())
        .startsWith("halves: steps 1 to 60 are bit for bit as recorded");

    Outcome fork = console.run("fork", "whole", "--step", "33", "--name", "fork");

    assertThat(fork.code()).as(fork.err()).isZero();
    assertThat(digest("fork")).isEqualTo(digest("whole"));
  }

  @Test
  void a_fork_with_the_slots_of_its_parent_keeps_them_and_another_begins_anew() throws IOException {
    String spec = spec("kind = adamw");
    assertThat(console.run("run", spec, "--name", "a", "--steps", "40").code()).isZero();

    assertThat(fork("adam", "b").err()).isNotEmpty();
    assertThat(fork("sgd", "c").err()).isNotEmpty();

    assertThat(console.run("events", "b", "--format", "json").out())
        .contains("\"optimizerSlots\":\"kept\"");
    assertThat(console.run("events", "c", "--format", "json").out())
        .contains("\"optimizerSlots\":\"reset\"");
  }

  private Outcome fork(String kind, String name) {
    Outcome fork =
        console.run("fork", "a", "--step", "20", "--name", name, "--set", "optimizer.kind=" + kind);
    assertThat(fork.code()).as(fork.err()).isZero();
    return fork;
  }

  private String spec(String optimizer) throws IOException {
    Path file = directory.resolve("small.conf");
    Files.writeString(
        file,
        """
        include "grokking"
        experiment = small
        task.modulus = 7
        model.width = 4
        batch-size = 8
        until = null
        evaluate { every = 5 }
        checkpoint.every = "20 steps"
        optimizer { %s }
        """
            .formatted(optimizer));
    return file.toString();
  }

  private String digest(String run) {
    Matcher matcher = DIGEST.matcher(console.run("show", run, "--format", "json").out());
    assertThat(matcher.find()).isTrue();
    return matcher.group(1);
  }
}
