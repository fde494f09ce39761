package io.saltus.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.saltus.app.Programs;
import io.saltus.app.cli.Console.Outcome;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Studies of TensorFlow in a process of their own, which is interrupted or killed. */
@Timeout(600)
class StudyProcessTest {

  private static final List<String> STUDY =
      List.of(
          "study",
          "grokking-weight-decay",
          "--set",
          "study.axes.\"optimizer.weight-decay\"=[0,1]",
          "--set",
          "study.seeds=[1,2]",
          "--set",
          "expect=null",
          "--set",
          "task.modulus=23",
          "--set",
          "model.width=64",
          "--set",
          "until=null",
          "--set",
          "evaluate.every=50",
          "--set",
          "checkpoint.every=100 steps",
          "--set",
          "steps=1500");

  @TempDir Path directory;

  private Path home() {
    return directory.resolve(".saltus");
  }

  private Outcome look(String... command) {
    return new Console(directory).programs(Programs.installed()).run(command);
  }

  private static String[] study(String... further) {
    List<String> all = new ArrayList<>(STUDY);
    all.addAll(List.of(further));
    return all.toArray(String[]::new);
  }

  /** The digests of a study's runs by cell and seed. */
  private SortedMap<String, String> digests(String study) {
    SortedMap<String, String> digests = new TreeMap<>();
    for (String line : look("show", study, "--format", "json").lines()) {
      Map<?, ?> cell = (Map<?, ?>) JsonTree.parse(line);
      for (Object each : (List<?>) cell.get("runs")) {
        Map<?, ?> run = (Map<?, ?>) each;
        String shown = look("show", run.get("run").toString(), "--format", "json").out();
        digests.put(
            cell.get("axes") + " " + run.get("seed"),
            shown.replaceFirst("(?s).*\"digest\":\"([0-9a-f]{64})\".*", "$1"));
      }
    }
    return digests;
  }

  @Test
  void killed_in_the_middle_it_goes_on_to_be_the_study_that_it_would_have_been() throws Exception {
    SaltusProcess process = SaltusProcess.start(home(), Map.of(), study("--name", "s"));
    process.killOnceSaved(4);
    assertThat(look("studies").lines().get(1)).matches("s +interrupted .*");
    assertThat(look("show", "s", "--format", "json").out())
        .contains("\"status\":\"interrupted\"")
        .doesNotContain("\"status\":\"running\"");

    Outcome resumed = SaltusProcess.run(home(), Map.of(), "resume", "--all");

    assertThat(resumed.code()).as(resumed.err()).isZero();
    assertThat(resumed.out()).startsWith("s: completed, 4 of 4 runs complete\n");
    assertThat(look("runs").lines()).as("none was begun twice").hasSize(5);
    assertThat(look("runs", "--format", "json").lines())
        .allMatch(line -> line.contains("\"exact\":true"))
        .anyMatch(line -> line.contains("\"attempts\":2"));
    Outcome calm = SaltusProcess.run(home(), Map.of(), study("--name", "calm"));
    assertThat(calm.code()).as(calm.err()).isZero();
    assertThat(digests("s"))
        .hasSize(4)
        .allSatisfy((cell, digest) -> assertThat(digest).matches("[0-9a-f]{64}"))
        .isEqualTo(digests("calm"));
    assertThat(look("journal", "check").out()).startsWith("sound: ");
  }

  @Test
  void killed_while_it_is_extended_it_goes_on_and_extends_each_run_once() throws Exception {
    String[] small = study("--name", "s", "--set", "study.seeds=[1]", "--set", "steps=300");
    Outcome begun = SaltusProcess.run(home(), Map.of(), small);
    assertThat(begun.code()).as(begun.err()).isZero();
    SaltusProcess process = SaltusProcess.start(home(), Map.of(), "extend", "s", "--steps", "900");
    process.killOnce(() -> look("events", "s.1").out().contains("RunExtended"));
    assertThat(look("events", "s").out()).contains("StudyExtended       steps 900\n");
    assertThat(look("show", "s").out()).startsWith("s: interrupted, ");

    Outcome resumed = SaltusProcess.run(home(), Map.of(), "resume", "--all");

    assertThat(resumed.code()).as(resumed.err()).isZero();
    assertThat(resumed.out()).startsWith("s: completed, 2 of 2 runs complete\n");
    for (String run : List.of("s.1", "s.2")) {
      assertThat(look("events", run).out()).containsOnlyOnce("RunExtended");
      assertThat(look("show", run, "--format", "json").out())
          .contains("\"step\":900,", "\"exact\":true");
    }
    assertThat(look("journal", "check").out()).startsWith("sound: ");
  }

  @Test
  void interrupted_it_rests_and_says_how_to_go_on_and_can_be_deleted_then() throws Exception {
    SaltusProcess process = SaltusProcess.start(home(), Map.of(), study("--name", "s"));
    await()
        .atMost(Duration.ofMinutes(3))
        .until(() -> look("events", "s.1").out().contains("MetricsRecorded"));
    assertThat(look("delete", "s", "--yes").code()).isEqualTo(1);

    // Not INT: who starts the tests in the background has it ignored by all their children.
    process.signal("TERM");
    Outcome interrupted = process.end();

    assertThat(interrupted.code()).as(interrupted.err()).isEqualTo(130);
    assertThat(interrupted.out()).startsWith("s: paused, ").contains("  SIGTERM\n");
    assertThat(interrupted.err())
        .contains(
            "saltus: s rests (SIGTERM); all of it is in the journal. Go on with: saltus study s\n");
    assertThat(look("runs", "--status", "running").out()).isEmpty();
    assertThat(home().resolve("workers"))
        .satisfiesAnyOf(
            workers -> assertThat(workers).doesNotExist(),
            workers -> assertThat(workers).isEmptyDirectory());
    assertThat(look("delete", "s", "--yes").out()).isEqualTo("s and its runs are deleted\n");
    assertThat(look("runs").out()).isEmpty();
    assertThat(look("journal", "check").code()).isZero();
  }
}
