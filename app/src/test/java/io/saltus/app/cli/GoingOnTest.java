package io.saltus.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.saltus.app.cli.Console.Outcome;
import io.saltus.experiment.metric.MetricName;
import io.saltus.testkit.Script;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Resuming, extending, verifying, forking and tidying up, from the command line. */
class GoingOnTest {

  private static final Pattern DIGEST = Pattern.compile("\"digest\":\"([0-9a-f]{64})\"");

  @TempDir Path directory;
  private Console console;
  private String spec = "";

  @BeforeEach
  void run() throws IOException {
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
    spec = file.toString();
    console = new Console(directory);
    assertThat(console.run("run", spec, "--name", "a").code()).isZero();
  }

  @Test
  void a_complete_run_that_is_resumed_is_only_shown() {
    Outcome outcome = console.run("resume", "a", "--format", "json");

    assertThat(outcome.code()).isZero();
    assertThat(outcome.out()).isEqualTo(console.run("show", "a", "--format", "json").out());
    assertThat(outcome.err()).isEqualTo("saltus: a is completed already\n");
  }

  @Test
  void nothing_to_resume_is_said_and_is_fine() {
    Outcome outcome = console.run("resume", "--all");

    assertThat(outcome.code()).isZero();
    assertThat(outcome.err()).isEqualTo("saltus: there is nothing to resume\n");
  }

  @Test
  void a_run_that_is_extended_goes_on_and_can_be_verified_across_its_earlier_end() {
    Outcome outcome = console.run("extend", "a", "--steps", "233", "--format", "json");

    assertThat(outcome.code()).as(outcome.err()).isZero();
    assertThat(outcome.out()).contains("\"status\":\"completed\",\"step\":233,\"steps\":233");
    assertThat(outcome.out()).contains("\"attempts\":2,\"exact\":true");
    assertThat(outcome.err())
        .contains("a may now go on to step 233; its 'until' is set aside")
        .contains("were executed again: bit for bit as recorded");
    assertThat(console.run("verify", "a").out())
        .startsWith("a: steps 1 to 233 are bit for bit as recorded");
  }

  @Test
  void a_verification_is_reported_and_journalled_beside_the_run() {
    Outcome outcome =
        console.run("verify", "a", "--from", "60", "--until", "150", "--format", "json");

    assertThat(outcome.code()).as(outcome.err()).isZero();
    assertThat(outcome.out())
        .startsWith("{\"run\":\"a\",\"identical\":true,\"from\":60,\"until\":150,\"steps\":91,");
    assertThat(console.run("events", "a", "--stream", "audit", "--format", "json").out())
        .contains("\"type\":\"RunVerified\"")
        .contains("\"identical\":true");
  }

  @Test
  void a_program_that_computes_otherwise_is_found_at_the_very_step() {
    console.script(Script.learning().differing(new MetricName("train.loss"), 77, 0.25, 1));
    Outcome outcome = console.run("verify", "a", "--format", "json");

    assertThat(outcome.code()).isEqualTo(3);
    assertThat(outcome.out())
        .contains("\"identical\":false")
        .contains("\"firstDifference\":{\"step\":77,\"metric\":\"train.loss\",\"recorded\":")
        .contains("\"recomputed\":\"0.25\"");
    assertThat(console.run("show", "a").out()).startsWith("a: completed at step 200 of 200");
  }

  @Test
  void an_unchanged_fork_has_the_digest_of_its_parent() {
    String own = digest(console.run("show", "a", "--format", "json"));
    Outcome fork = console.run("fork", "a", "--step", "120", "--name", "f", "--format", "json");

    assertThat(fork.code()).as(fork.err()).isZero();
    assertThat(digest(fork)).isEqualTo(own);
    assertThat(fork.out()).contains("\"parent\":{\"run\":\"a\",\"step\":120}");
    assertThat(console.run("compare", "a", "f").out())
        .contains("a and f are equal in every step that both recorded");
    assertThat(console.run("verify", "f").out()).startsWith("f: steps 121 to 200 are bit for bit");
    Outcome refused = console.run("delete", "a", "--yes");
    assertThat(refused.code()).isNotZero();
    assertThat(refused.err()).contains("cannot be deleted while a fork refers to it: f");
  }

  @Test
  void a_fork_with_another_data_seed_needs_leave_and_is_tagged() {
    assertThat(console.run("fork", "a", "--step", "50", "--set", "seeds.data=9").err())
        .contains("the fork's data differ from those of a")
        .contains("--allow-new-data");
    Outcome outcome =
        console.run(
            "fork",
            "a",
            "--step",
            "50",
            "--set",
            "seeds.data=9",
            "--allow-new-data",
            "--format",
            "json");
    assertThat(outcome.out()).contains("\"tags\":{\"new-data\":\"yes\"}");
  }

  @Test
  void checkpoints_are_listed_verified_and_exported() throws IOException {
    assertThat(console.run("checkpoints", "a").lines()).hasSize(4);
    Outcome export =
        console.run("checkpoints", "export", "a", "--step", "200", "--out", "last.safetensors");
    assertThat(export.code()).as(export.err()).isZero();
    assertThat(directory.resolve("last.safetensors")).isNotEmptyFile();
    assertThat(
            console
                .run("checkpoints", "export", "a", "--step", "200", "--out", "last.safetensors")
                .code())
        .isEqualTo(2);
    assertThat(console.run("checkpoints", "export", "a", "--step", "7", "--out", "seven").err())
        .contains("a has no checkpoint at step 7")
        .contains("It has them at 0, ");
    damage();
    assertThat(console.run("checkpoints", "a").out()).doesNotContain("valid\n");
  }

  @Test
  void damaged_checkpoints_are_said_rejected_and_replaced_by_executing_again() throws IOException {
    String undisturbed =
        digest(console.run("run", spec, "--name", "b", "--steps", "233", "--format", "json"));
    damage();
    Outcome outcome = console.run("extend", "a", "--steps", "233", "--format", "json");

    assertThat(outcome.code()).as(outcome.err()).isZero();
    assertThat(outcome.err()).contains("warning: the checkpoint of step 200 cannot be used");
    assertThat(console.run("events", "a").out()).contains("CheckpointRejected");
    assertThat(outcome.out()).contains("\"exact\":true");
    assertThat(digest(outcome)).isEqualTo(undisturbed);
  }

  @Test
  void a_deleted_run_is_gone_and_its_files_can_be_collected() throws IOException {
    Path logs = Files.createDirectories(directory.resolve(".saltus/logs"));
    Path own = Files.writeString(logs.resolve("a.4711.stderr"), "its last words");
    Path other = Files.writeString(logs.resolve("a.b.4711.stderr"), "of another run");
    assertThat(console.run("delete", "a").err()).contains("Give --yes when you are sure");
    assertThat(console.run("delete", "a", "--yes", "--format", "json").out())
        .isEqualTo("{\"run\":\"a\",\"deleted\":true}\n");
    assertThat(own).doesNotExist();
    assertThat(other).exists();
    assertThat(console.run("show", "a").code()).isEqualTo(2);
    assertThat(console.run("gc", "--dry-run", "--format", "json").out())
        .contains("\"unreferenced\":3");
    assertThat(console.run("gc").out()).startsWith("3 files deleted");
    assertThat(console.run("gc", "--format", "json").out()).startsWith("{\"files\":0,\"bytes\":0");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "verify a --from 201 | 2 | a has recorded steps up to 200: --from 201",
        "verify a --until 900 | 2 | a has recorded steps up to 200: --until 900",
        "verify a --from -1 | 2 | '-1' is not a whole number, 0 or more: --from",
        "verify a --from x | 2 | 'x' is not a whole number",
        "verify a --from 9 --until 3 | 2 | the first step lies behind the last",
        "verify b | 2 | no run 'b'",
        "fork a --step 201 | 2 | a has recorded steps 0 to 200: --step 201",
        "fork a --step -3 | 2 | '-3' is not a whole number",
        "fork a --step 9 --name a | 2 | there is a run of this name already",
        "fork a --step 9 --steps 3 | 2 | the fork begins with step 9",
        "fork a --step 9 --set model.kind=x | 2 | model.kind",
        "fork a --step 9 --input mask=nothing | 2 | there is no such file",
        "extend a --steps 200 | 2 | a is at step 200 already",
        "extend a --steps 1e9 | 2 | '1e9' is not a whole number",
        "pause a | 1 | a is completed, so there is nothing to pause",
        "cancel a | 1 | a is completed already",
        "resume | 2 | no run is named",
        "resume a --all | 2 | runs are named beside --all",
        "compare a | 2 | one run alone cannot be compared",
        "checkpoints | 2 | RUN is missing",
      })
  void wrong_input_is_one_clear_line_and_changes_nothing(String line, int code, String complaint) {
    String before = console.run("runs", "--format", "json").out();
    Outcome outcome = console.run(line.split(" "));

    assertThat(outcome.code()).as(outcome.err()).isEqualTo(code);
    assertThat(outcome.err()).contains(complaint).startsWith("saltus: ");
    assertThat(outcome.err().lines()).hasSizeLessThanOrEqualTo(2);
    assertThat(outcome.out()).isEmpty();
    assertThat(console.run("runs", "--format", "json").out()).isEqualTo(before);
  }

  private void damage() throws IOException {
    try (Stream<Path> files = Files.list(directory.resolve(".saltus/checkpoints"))) {
      for (Path file : files.toList()) {
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length - 1] ^= 1;
        Files.write(file, bytes);
      }
    }
  }

  private static String digest(Outcome outcome) {
    Matcher digest = DIGEST.matcher(outcome.out());
    assertThat(digest.find()).as(outcome.err()).isTrue();
    return List.of(digest.group(1)).get(0);
  }
}
