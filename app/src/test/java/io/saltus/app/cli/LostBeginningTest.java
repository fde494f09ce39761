package io.saltus.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.saltus.app.cli.Console.Outcome;
import io.saltus.experiment.metric.MetricName;
import io.saltus.testkit.Script;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A fork whose own checkpoints are all gone. */
class LostBeginningTest {

  @TempDir Path directory;
  private Console console;

  @BeforeEach
  void fork() throws IOException {
    Path file = directory.resolve("scripted.conf");
    Files.writeString(
        file,
        """
        experiment = scripted
        task { kind = scripted }
        model { kind = scripted }
        optimizer { kind = scripted }
        steps = 200
        evaluate { every = 10 }
        checkpoint { every = "50 steps", keep-last = 2 }
        """);
    console = new Console(directory);
    assertThat(console.run("run", file.toString(), "--name", "a").code()).isZero();
    Outcome fork = console.run("fork", "a", "--step", "120", "--name", "f");
    assertThat(fork.code()).as(fork.err()).isZero();
    loseCheckpoints();
  }

  private void loseCheckpoints() throws IOException {
    try (Stream<Path> all = Files.walk(directory)) {
      List<Path> files = all.filter(each -> each.toString().endsWith(".safetensors")).toList();
      assertThat(files).hasSizeGreaterThan(2);
      for (Path each : files) {
        Files.delete(each);
      }
    }
  }

  @Test
  void it_begins_again_with_the_state_that_its_parent_gives_once_more() {
    Outcome outcome = console.run("extend", "f", "--steps", "233", "--format", "json");

    assertThat(outcome.code()).as(outcome.err()).isZero();
    assertThat(outcome.out())
        .contains("\"status\":\"completed\",\"step\":233,\"steps\":233")
        .contains("\"attempts\":2,\"exact\":true");
    assertThat(console.run("verify", "f").out()).startsWith("f: steps 121 to 233 are bit for bit");
  }

  @Test
  void it_does_not_begin_with_another_state_where_its_parent_comes_out_otherwise() {
    console.script(Script.learning().differing(new MetricName("train.loss"), 77, 0.25, 1));
    Outcome outcome = console.run("extend", "f", "--steps", "233");

    assertThat(outcome.code()).isEqualTo(3);
    assertThat(outcome.err()).contains("another train.loss at step 77");
  }
}
