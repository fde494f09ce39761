package io.saltus.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.saltus.app.cli.Console.Outcome;
import io.saltus.testkit.Mishap;
import io.saltus.testkit.Script;
import io.saltus.testkit.ScriptedProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Going on with runs when something around them has changed, or when one of several cannot. */
class ResumingTest {

  private static final Script GOOD = Script.learning();
  private static final Script FAILING = GOOD.with(120, new Mishap.Failure("the power went out"));

  @TempDir Path directory;
  private Console console;
  private String spec = "";

  @BeforeEach
  void write() throws IOException {
    spec = Scripted.spec(directory);
    console = new Console(directory);
  }

  private void fail(String name) {
    Outcome outcome = console.script(FAILING).run("run", spec, "--name", name);
    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.err()).contains("the power went out");
    console.script(GOOD);
  }

  @Test
  void a_cancelled_one_is_named_and_the_others_go_on() {
    fail("a");
    fail("c");
    assertThat(console.run("run", spec, "--name", "d", "--steps", "50").code()).isZero();
    cancelled("b");

    Outcome outcome = console.run("resume", "a", "b", "d", "c", "--format", "json");

    assertThat(outcome.code()).as(outcome.err()).isEqualTo(1);
    assertThat(outcome.err())
        .contains("saltus: b was cancelled for good: saltus resume b. Fork it instead: saltus fork")
        .contains("saltus: d is completed already");
    assertThat(outcome.lines()).hasSize(3).allMatch(line -> line.contains("\"completed\""));
    assertThat(console.run("show", "b").out()).startsWith("b: cancelled");
  }

  @Test
  void a_cancelled_one_alone_is_refused_as_before() {
    cancelled("b");
    Outcome outcome = console.run("resume", "b");

    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.err()).startsWith("saltus: b was cancelled for good").hasLineCount(1);
    assertThat(outcome.out()).isEmpty();
  }

  @Test
  void one_that_fails_again_is_said_and_the_next_goes_on() {
    fail("a");
    fail("b");
    console.script(FAILING);
    assertThat(console.run("resume", "a", "b").err())
        .contains("the power went out")
        .contains("b: goes on after step");
    console.script(GOOD);
    assertThat(console.run("resume", "a", "b").code()).isZero();
  }

  private void cancelled(String name) {
    assertThat(whileItRuns(name, "cancel " + name).command().code()).isZero();
  }

  /** What a command said and what the run said that was at work meanwhile. */
  private record Meeting(Outcome command, Outcome run) {}

  /** Something done to a run without end, once it has done its first steps. */
  private Meeting whileItRuns(String name, String command) {
    CountDownLatch begun = new CountDownLatch(60);
    Console runner = new Console(directory).script(GOOD.beforeStep(step -> begun.countDown()));
    CompletableFuture<Outcome> run =
        CompletableFuture.supplyAsync(
            () -> runner.run("run", spec, "--steps", "1000000000", "--name", name));
    try {
      assertThat(begun.await(1, TimeUnit.MINUTES)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return new Meeting(console.run(command.split(" ")), run.join());
  }

  @Test
  void a_run_at_work_is_paused_and_goes_on_as_if_nothing_had_been() {
    Meeting paused = whileItRuns("a", "pause a --format json");

    assertThat(paused.command().code()).as(paused.command().err()).isZero();
    assertThat(paused.command().out()).contains("\"run\":\"a\"").contains("\"status\":\"paused\"");
    assertThat(paused.run().code()).isEqualTo(130);
    assertThat(paused.run().err())
        .contains("a rests after step ")
        .contains("; all of it is in the journal. Go on with: saltus resume a");
    assertThat(console.run("pause", "a").err()).isEqualTo("saltus: a rests already\n");
    assertThat(console.run("pause", "--all").code()).isZero();
    assertThat(console.run("verify", "a").code()).isZero();
    assertThat(console.run("events", "a").out()).contains("RunPaused").contains("saltus pause");
  }

  @Test
  void a_run_at_work_is_cancelled_for_good_and_keeps_what_it_recorded() {
    Meeting cancelled = whileItRuns("a", "cancel a");

    assertThat(cancelled.command().code()).as(cancelled.command().err()).isZero();
    assertThat(cancelled.command().out()).startsWith("a: cancelled at step ");
    assertThat(cancelled.run().code()).isEqualTo(1);
    assertThat(cancelled.run().err()).contains("saltus: the run cancelled at step ");
    assertThat(console.run("cancel", "a").err()).isEqualTo("saltus: a is cancelled already\n");
    assertThat(console.run("metrics", "a", "--until", "60").lines()).hasSize(62);
    assertThat(console.run("verify", "a").code()).isZero();
    assertThat(console.run("resume", "a").code()).isEqualTo(2);
  }

  @Test
  void a_spec_that_changed_on_disk_is_said_and_the_journal_has_its_way() throws IOException {
    String own = Scripted.digest(console.run("run", spec, "--name", "b", "--format", "json"));
    fail("a");
    Scripted.spec(directory, "steps = 150", "seed = 9");

    Outcome outcome = console.run("resume", "a", "--format", "json");

    assertThat(outcome.code()).as(outcome.err()).isZero();
    assertThat(outcome.err())
        .contains("warning: the spec has changed on disk since the run began: " + spec)
        .contains("The run goes on as the journal has it.");
    assertThat(outcome.out()).contains("\"step\":200,\"steps\":200,\"seed\":1");
    assertThat(Scripted.digest(outcome)).isEqualTo(own);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "resume a",
        "verify a",
        "fork a --step 90 --name f",
        "fork a --step 100 --name f",
        "resume a --format json"
      })
  void an_input_that_changed_is_refused_with_both_digests(String command) throws IOException {
    Path data = Files.writeString(directory.resolve("data"), "one");
    inputs(FAILING, data);
    assertThat(console.run("run", spec, "--name", "a").code()).isEqualTo(1);
    inputs(GOOD, data);
    Files.writeString(data, "two");
    String runs = console.run("runs", "--format", "json").out();

    Outcome outcome = console.run(command.split(" "));

    assertThat(outcome.code()).as(outcome.err()).isEqualTo(2);
    assertThat(outcome.out()).isEmpty();
    // SHA-256 of "one" and of "two".
    assertThat(outcome.err())
        .startsWith("saltus: the input data of a has changed: its SHA-256 was 7692c3ad3540bb80")
        .contains(" and is 3fc4ccfe745870e2")
        .contains(data + ". Put the file back as it was.")
        .hasLineCount(1);
    assertThat(console.run("runs", "--format", "json").out()).isEqualTo(runs);
    Files.delete(data);
    assertThat(console.run(command.split(" ")).err())
        .startsWith("saltus: the input data of a is not where it was: SHA-256 7692c3ad3540bb80");
    Files.writeString(data, "one");
    assertThat(console.run("resume", "a").code()).isZero();
  }

  @Test
  void a_fork_with_other_data_needs_leave_and_is_tagged() throws IOException {
    Path data = Files.writeString(directory.resolve("data"), "one");
    Path other = Files.writeString(directory.resolve("other"), "two");
    inputs(GOOD, data);
    String own = Scripted.digest(console.run("run", spec, "--name", "a", "--format", "json"));
    Files.move(data, directory.resolve("moved"));

    assertThat(console.run("fork", "a", "--step", "150", "--input", "data=other").err())
        .startsWith("saltus: the fork's data differ from those of a: ")
        .contains("Give --allow-new-data if that is what you want.");
    Outcome fork =
        console.run(
            ("fork a --step 150 --allow-new-data --format json --input data=" + other).split(" "));
    assertThat(fork.code()).as(fork.err()).isZero();
    assertThat(fork.out()).contains("\"tags\":{\"new-data\":\"yes\"}");

    Outcome same = console.run("fork a --step 150 --format json --input data=moved".split(" "));
    assertThat(same.code()).as(same.err()).isZero();
    assertThat(same.out()).contains("\"tags\":{}");
    assertThat(Scripted.digest(same)).isEqualTo(own);
  }

  private void inputs(Script script, Path data) {
    console.programs(jars -> List.of(new FileProgram(new ScriptedProgram(script), data)));
  }

  @Test
  void a_damaged_checkpoint_is_said_by_verify_and_an_earlier_state_is_taken() throws IOException {
    String own = Scripted.digest(console.run("run", spec, "--name", "a", "--format", "json"));
    Scripted.damageCheckpoints(directory.resolve(".saltus"));

    Outcome verified = console.run("verify", "a", "--from", "180");
    assertThat(verified.code()).as(verified.err()).isZero();
    assertThat(verified.err())
        .contains("warning: the checkpoint of step 150 cannot be used: ")
        .contains("warning: the checkpoint of step 0 cannot be used: ");
    assertThat(verified.out()).startsWith("a: steps 180 to 200 are bit for bit as recorded");

    Outcome fork = console.run("fork", "a", "--step", "150", "--name", "f", "--format", "json");
    assertThat(fork.code()).as(fork.err()).isZero();
    assertThat(Scripted.digest(fork)).isEqualTo(own);
    assertThat(console.run("verify", "f").code()).isZero();
  }

  @Test
  void a_damaged_checkpoint_is_not_exported() throws IOException {
    assertThat(console.run("run", spec, "--name", "a").code()).isZero();
    Scripted.damageCheckpoints(directory.resolve(".saltus"));
    Outcome outcome =
        console.run("checkpoints", "export", "a", "--step", "200", "--out", "last.safetensors");

    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.err()).startsWith("saltus: the checkpoint cannot be exported: ");
    assertThat(directory.resolve("last.safetensors")).doesNotExist();
  }
}
