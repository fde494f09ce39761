package io.saltus.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.saltus.app.cli.Console.Outcome;
import io.saltus.tf.device.Devices;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real runs on a real GPU. */
@Tag("gpu")
class GpuRunTest {

  @TempDir private Path directory;

  @BeforeEach
  void there_is_one() {
    assumeTrue(!Devices.gpus().isEmpty(), "skipped: there is no NVIDIA GPU on this machine");
    assumeTrue(
        Devices.hasGpuNatives(),
        "skipped: the natives on the class path are those for the processor; build with"
            + " -Dsaltus.natives=linux-x86_64-gpu");
  }

  private Outcome run(String name) throws Exception {
    return SaltusProcess.run(
        directory.resolve("home"),
        Map.of(),
        "run",
        "grokking",
        "--steps",
        "300",
        "--device",
        "gpu:0",
        "--name",
        name,
        "--format",
        "json");
  }

  @Test
  void the_same_run_twice_has_the_same_digest_and_names_its_gpu() throws Exception {
    Outcome first = run("a");
    Outcome second = run("b");

    assertThat(first.code()).as(first.err()).isZero();
    assertThat(digest(second)).isEqualTo(digest(first));
    Outcome shown =
        SaltusProcess.run(directory.resolve("home"), Map.of(), "events", "a", "--format", "json");
    assertThat(shown.out())
        .contains("\"gpu.kind\"", "\"gpu.driver\"", "\"gpu.cuda\"", "\"gpu.cudnn\"")
        .contains("\"env.TF_DETERMINISTIC_OPS\":\"1\"");
  }

  private static String digest(Outcome outcome) {
    return outcome.out().replaceFirst("(?s).*\"digest\":\"([0-9a-f]+)\".*", "$1");
  }
}
