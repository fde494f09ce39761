package io.saltus.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.saltus.app.cli.Console.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Things done to studies that another command is at work on. Runs go on until they learn, and learn
 * when they are let: each is at work as long as the test wants it to be.
 */
@Timeout(300)
class StudyAtWorkTest {

  @TempDir Path directory;

  private final EndlessRuns runs = new EndlessRuns();
  private final CountDownLatch begun = new CountDownLatch(60);
  private Console console;
  private String spec = "";
  private String study = "";

  @BeforeEach
  void write() throws IOException {
    console = new Console(directory).script(runs.script(step -> begun.countDown()));
    study = Scripted.study(directory, "batch-size = [16, 32]", EndlessRuns.SPEC);
    spec = Scripted.spec(directory, "isolation = thread", EndlessRuns.SPEC);
  }

  private CompletableFuture<Outcome> atWork(String... command) {
    CompletableFuture<Outcome> outcome = CompletableFuture.supplyAsync(() -> console.run(command));
    try {
      assertThat(begun.await(1, TimeUnit.MINUTES)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return outcome;
  }

  private Outcome run(int code, String... command) {
    Outcome outcome = console.run(command);
    assertThat(outcome.code()).as(String.join(" ", command) + ": " + outcome.err()).isEqualTo(code);
    return outcome;
  }

  @Test
  void paused_from_elsewhere_it_rests_with_its_runs_and_goes_on_to_its_end() {
    CompletableFuture<Outcome> working = atWork("study", study, "--name", "s", "--parallel", "2");
    assertThat(run(0, "studies").lines().get(1)).matches("s +running +0 +0 +4");
    assertThat(run(1, "delete", "s", "--yes").err())
        .isEqualTo("saltus: s is running: saltus delete s. Pause or cancel it first.\n");
    assertThat(run(1, "study", "s").err())
        .startsWith("saltus: the process that holds the home refused: study s is at work.");

    Outcome paused = run(0, "pause", "s");

    assertThat(paused.out()).isEqualTo("s: paused, 0 of 4 runs complete\n  saltus pause\n");
    Outcome rested = working.join();
    assertThat(rested.code()).as(rested.err()).isEqualTo(130);
    assertThat(rested.err())
        .contains(
            "saltus: s rests (saltus pause); all of it is in the journal."
                + " Go on with: saltus study s\n");
    assertThat(run(0, "runs", "--status", "running").out()).isEmpty();
    assertThat(run(0, "pause", "s").err()).isEqualTo("saltus: s rests already\n");

    runs.letLearn(console);
    assertThat(run(0, "study", "s").out()).startsWith("s: completed, 4 of 4 runs complete\n");
    assertThat(run(0, "runs", "--format", "json").lines()).hasSize(4);
  }

  @Test
  void extended_from_elsewhere_its_runs_go_on_beyond_the_end_that_they_come_to()
      throws IOException {
    Path beside = Files.createDirectory(directory.resolve("beside"));
    String plain = Scripted.study(beside, "batch-size = [16, 32]", "steps = 20");
    assertThat(console.run("study", plain, "--name", "rests").code()).isZero();
    CompletableFuture<Outcome> working =
        CompletableFuture.supplyAsync(() -> console.run("study", study, "--name", "s"));
    awaitAtWork("s");

    assertThat(run(2, "extend", "s", "--steps", "1000000000").err())
        .startsWith("saltus: the plan of s goes to step 1000000000 already: --steps 1000000000.");
    assertThat(run(0, "extend", "s", "--steps", "1000000001").out())
        .isEqualTo(
            "s: running, 0 of 4 runs complete\n  extended: its runs go on to step 1,000,000,001\n");
    assertThat(run(0, "events", "s").out()).contains("StudyExtended       steps 1,000,000,001\n");
    CompletableFuture<Outcome> other =
        CompletableFuture.supplyAsync(() -> console.run("extend", "rests", "--steps", "30"));
    await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> console.run("studies").out().matches("(?s).*rests +running.*"));
    run(0, "pause", "s");
    assertThat(other.join().out()).startsWith("rests: completed, 4 of 4 runs complete\n");
    assertThat(other.join().err())
        .contains("saltus: the runs of rests may now go on to step 30", "rests is left to process");
    assertThat(working.join().code()).isEqualTo(130);

    // What they record must not change any more, for they are executed again.
    runs.letLearn(console);
    working = CompletableFuture.supplyAsync(() -> console.run("study", "s", "--parallel", "2"));
    await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> console.run("events", "s.1").out().contains("attempt 3 on "));
    run(0, "pause", "s");
    assertThat(working.join().code()).isEqualTo(130);
    assertThat(run(0, "events", "s.1").out())
        .containsSubsequence("RunCompleted", "RunExtended", "RunPaused");
    assertThat(run(0, "resume", "rests").out()).startsWith("rests: completed, 4 of 4 runs");
    assertThat(run(0, "show", "rests", "--format", "json").out()).contains("\"step\":30}");
  }

  @Test
  void what_rests_beside_it_is_deleted_and_extended_by_its_process() throws IOException {
    Path beside = Files.createDirectory(directory.resolve("beside"));
    String few = Scripted.spec(beside, "isolation = thread", "steps = 20");
    run(0, "run", few, "--name", "old");
    run(0, "run", few, "--name", "longer");
    run(0, "study", Scripted.study(beside, "batch-size = [16]", "steps = 20"), "--name", "t");
    CompletableFuture<Outcome> working =
        CompletableFuture.supplyAsync(() -> console.run("study", study, "--name", "s"));
    awaitAtWork("s");

    assertThat(run(0, "delete", "old", "--yes").out()).contains("old", "deleted");
    assertThat(run(0, "delete", "t", "--yes").out()).isEqualTo("t and its runs are deleted\n");
    CompletableFuture<Outcome> extended =
        CompletableFuture.supplyAsync(() -> console.run("extend", "longer", "--steps", "30"));
    await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> console.run("events", "longer").out().contains("RunExtended"));

    assertThat(run(2, "show", "old").err()).contains("old");
    assertThat(run(2, "show", "t").err()).contains("t");
    assertThat(run(0, "runs").out()).doesNotContain("old", "t.1").contains("longer");
    assertThat(run(0, "studies").lines().get(1)).matches("s +running .*");
    run(0, "pause", "s");
    assertThat(extended.join().out()).startsWith("longer: completed at step 30");
    assertThat(working.join().code()).isEqualTo(130);
  }

  @Test
  void hooks_of_a_study_are_called_for_each_of_its_runs() throws IOException {
    Path beside = Files.createDirectory(directory.resolve("beside"));
    Path called = directory.resolve("called");
    String small = Scripted.study(beside, "batch-size = [16]", "steps = 20");

    run(0, "study", small, "--name", "t", "--on", "completed=echo $SALTUS_RUN >> " + called);

    assertThat(Files.readAllLines(called)).containsExactlyInAnyOrder("t.1", "t.2");
  }

  @Test
  void cancelled_from_elsewhere_it_ends_for_good_with_its_runs() {
    CompletableFuture<Outcome> working = atWork("study", study, "--name", "s", "--parallel", "1");

    Outcome cancelled = run(0, "cancel", "s", "--format", "json");

    assertThat(cancelled.out()).startsWith("{\"study\":\"s\"").contains("\"status\":\"cancelled\"");
    Outcome ended = working.join();
    assertThat(ended.code()).as(ended.err()).isEqualTo(1);
    assertThat(ended.err()).contains("saltus: s was cancelled\n");
    assertThat(run(0, "runs", "--format", "json").lines())
        .isNotEmpty()
        .allMatch(line -> line.contains("\"status\":\"cancelled\""));
    assertThat(run(0, "resume", "--all").err()).isEqualTo("saltus: there is nothing to resume\n");
    assertThat(run(0, "delete", "s", "--yes").out()).isEqualTo("s and its runs are deleted\n");
    assertThat(run(0, "runs").out()).isEmpty();
    assertThat(run(0, "studies").out()).isEmpty();
  }

  @Test
  void one_of_its_runs_that_is_paused_alone_leaves_the_study_to_go_on_and_rest_at_the_end() {
    CompletableFuture<Outcome> working = atWork("study", study, "--name", "s", "--parallel", "1");
    assertThat(run(0, "pause", "s.1").out()).startsWith("s.1: paused at step ");
    runs.letLearn(console);

    Outcome ended = working.join();

    assertThat(ended.code()).as(ended.err()).isEqualTo(130);
    assertThat(ended.out()).startsWith("s: paused, 3 of 4 runs complete\n  1 run rests\n");
    assertThat(run(0, "resume", "--all").out()).startsWith("s: completed, 4 of 4 runs complete\n");
  }

  @Test
  void all_that_rests_goes_on_at_once_and_is_told_of_in_the_order_of_its_names() {
    for (String name : List.of("b", "a")) {
      CompletableFuture<Outcome> working =
          CompletableFuture.supplyAsync(() -> console.run("run", spec, "--name", name));
      pauseOnceAtWork(name);
      assertThat(working.join().code()).isEqualTo(130);
    }
    CompletableFuture<Outcome> working =
        CompletableFuture.supplyAsync(() -> console.run("study", study, "--name", "s"));
    pauseOnceAtWork("s");
    assertThat(working.join().code()).isEqualTo(130);
    runs.letLearn(console);

    Outcome resumed = run(0, "resume", "--all");

    assertThat(resumed.lines().get(0)).isEqualTo("s: completed, 4 of 4 runs complete");
    List<String> lines = resumed.lines();
    assertThat(lines.subList(lines.size() - 2, lines.size()))
        .satisfiesExactly(
            b -> assertThat(b).startsWith("b: completed at step "),
            a -> assertThat(a).startsWith("a: completed at step "));
    assertThat(resumed.err()).contains("saltus: a: goes on after step ", "s: ", "4 runs");
    assertThat(run(0, "runs", "--format", "json").lines())
        .hasSize(6)
        .allMatch(line -> line.contains("\"status\":\"completed\""));
    for (String run : List.of("a", "b", "s.1", "s.4")) {
      assertThat(run(0, "events", run, "--stream", "analysis").out()).contains("Completed");
    }
  }

  /** Asks until there is somebody to be asked. */
  private void pauseOnceAtWork(String name) {
    awaitAtWork(name);
    run(0, "pause", name);
  }

  private void awaitAtWork(String name) {
    await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> console.run("show", name, "--format", "json").out().contains("\"running\""));
  }
}
