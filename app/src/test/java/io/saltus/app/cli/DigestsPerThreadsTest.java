package io.saltus.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.saltus.app.Programs;
import io.saltus.app.cli.Console.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What becomes of a run on its way does not show in its digest: undisturbed, killed and resumed,
 * forked without a change, verified. Every command is a process of its own, as a process has one
 * configuration of threads.
 */
@Tag("slow")
class DigestsPerThreadsTest {

  private static final Pattern DIGEST = Pattern.compile("\"digest\":\"([0-9a-f]{64})\"");

  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource({"grokking, 1", "grokking, 2", "fashion-mnist, 1", "fashion-mnist, 2"})
  void a_digest_is_the_same_whatever_became_of_the_run(String task, int threads) throws Exception {
    String spec = spec(task, threads).toString();
    Outcome whole = saltus("run", spec, "--name", "whole", "--format", "json");
    SaltusProcess.start(home(), Map.of(), "run", spec, "--name", "killed")
        // Beside the first state, which both have, and the last three of the undisturbed run.
        .killOnceSaved(4 + 3);
    Outcome resumed = saltus("resume", "killed", "--format", "json");
    Outcome forked = saltus("fork", "whole", "--step", "133", "--name", "fork", "--format", "json");
    Outcome verified = saltus("verify", "killed", "--format", "json");

    assertThat(resumed.err()).contains("were executed again: bit for bit as recorded");
    for (Outcome each : List.of(whole, resumed, forked)) {
      assertThat(each.out()).contains("\"status\":\"completed\",\"step\":240", "\"exact\":true");
      assertThat(digest(each)).isEqualTo(digest(whole));
    }
    assertThat(resumed.out()).contains("\"attempts\":2");
    assertThat(verified.out()).contains("\"identical\":true,\"from\":1,\"until\":240");
    Console console = new Console(directory).programs(Programs.installed());
    assertThat(
            console.run("--home", home().toString(), "events", "whole", "--format", "json").out())
        .contains("\"threads\":\"" + threads + "\"");
  }

  private Path home() {
    return directory.resolve("home");
  }

  private Outcome saltus(String... arguments) throws Exception {
    Outcome outcome = SaltusProcess.run(home(), Map.of(), arguments);
    assertThat(outcome.code()).as(outcome.err()).isZero();
    return outcome;
  }

  private static String digest(Outcome outcome) {
    Matcher digest = DIGEST.matcher(outcome.out());
    assertThat(digest.find()).as(outcome.err()).isTrue();
    return digest.group(1);
  }

  private Path spec(String task, int threads) throws IOException {
    List<String> lines = new ArrayList<>();
    lines.add("include \"" + task + "\"");
    lines.add("steps = 240");
    lines.add("until = null");
    lines.add("evaluate { every = 20 }");
    lines.add("checkpoint { every = \"20 steps\", keep-last = 3 }");
    lines.add("numerics { threads = " + threads + " }");
    if (task.equals("fashion-mnist")) {
      lines.add("batch-size = 64");
      lines.add(
          "task { path = \""
              + CraftedPictures.write(directory.resolve("data"))
              + "\", train-samples = 600 }");
    }
    return Files.write(directory.resolve("spec.conf"), lines);
  }
}
