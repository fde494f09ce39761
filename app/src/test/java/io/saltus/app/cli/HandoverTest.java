package io.saltus.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.saltus.app.BuildFacts;
import io.saltus.app.cli.Console.Outcome;
import io.saltus.persistence.control.ControlClient;
import io.saltus.persistence.control.ControlRequest;
import io.saltus.persistence.control.ControlResponse;
import io.saltus.persistence.home.Home;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs and studies that are asked for while another process is at work on a study: it takes them.
 * Runs learn when they are let, so each is at work as long as the test wants it to be.
 */
@Timeout(300)
class HandoverTest {

  @TempDir Path directory;

  private final EndlessRuns runs = new EndlessRuns();
  private Console console;
  private String spec = "";
  private String study = "";
  private CompletableFuture<Outcome> host;

  @BeforeEach
  void begin_a_study() throws IOException {
    console = new Console(directory).script(runs.script(step -> {}));
    study = Scripted.study(directory, "batch-size = [16]", EndlessRuns.SPEC);
    spec = Scripted.spec(directory, "isolation = thread", EndlessRuns.SPEC);
    host = start("study", study, "--name", "s");
    untilShown("s.1", "running");
  }

  private CompletableFuture<Outcome> start(String... command) {
    return CompletableFuture.supplyAsync(() -> console.run(command));
  }

  private void untilShown(String run, String... statuses) {
    await()
        .atMost(Duration.ofMinutes(1))
        .until(
            () -> {
              String shown = console.run("show", run, "--format", "json").out();
              return List.of(statuses).stream()
                  .anyMatch(status -> shown.contains("\"status\":\"" + status + "\""));
            });
  }

  private Outcome run(int code, String... command) {
    Outcome outcome = console.run(command);
    assertThat(outcome.code()).as(String.join(" ", command) + ": " + outcome.err()).isEqualTo(code);
    return outcome;
  }

  @Test
  void a_run_is_done_by_the_process_of_the_study_and_reported_where_it_was_asked_for() {
    CompletableFuture<Outcome> asked =
        start("run", spec, "--name", "r", "--tag", "of=mine", "--note", "a \"word\"");
    untilShown("r", "queued", "running");
    runs.letLearn(console);

    Outcome done = asked.join();

    assertThat(done.code()).as(done.err()).isZero();
    assertThat(done.out()).startsWith("r: completed at step ");
    assertThat(done.err())
        .contains(
            "saltus: r is left to process %d (saltus study scripted), which holds the home"
                .formatted(ProcessHandle.current().pid()));
    assertThat(run(0, "show", "r", "--format", "json").out())
        .contains("\"of\":\"mine\"", "a \\\"word\\\"")
        .doesNotContain("\"jumps\":null");
    Outcome ended = host.join();
    assertThat(ended.code()).as(ended.err()).isZero();
    assertThat(ended.out()).startsWith("s: completed, 2 of 2 runs complete\n");
    assertThat(ended.err()).contains("] r: completed at step ");
  }

  @Test
  void what_is_detached_is_told_of_at_once_and_keeps_the_process_until_it_is_done() {
    Outcome left = run(0, "run", spec, "--name", "r", "--detach", "--format", "json");
    Outcome another = run(0, "study", study, "--name", "t", "--detach");

    assertThat(left.lines()).hasSize(1);
    assertThat(left.out())
        .startsWith("{\"run\":\"r\"")
        .containsAnyOf("\"status\":\"queued\"", "\"status\":\"running\"");
    assertThat(left.err()).contains("'saltus pause r' lets it rest.");
    assertThat(another.out()).startsWith("t: running, 0 of 2 runs complete");
    runs.letLearn(console);
    Outcome ended = host.join();
    assertThat(ended.code()).as(ended.err()).isZero();
    assertThat(run(0, "runs", "--format", "json").lines())
        .hasSize(5)
        .allMatch(line -> line.contains("\"status\":\"completed\""));
    assertThat(run(0, "studies").lines().get(2)).matches("t +completed +2 +0 +2");
  }

  @Test
  void what_rests_goes_on_there_and_forks_begin_there() {
    run(0, "pause", "s.2");
    run(0, "fork", "s.2", "--step", "0", "--name", "f", "--detach");
    CompletableFuture<Outcome> resumed = start("resume", "s.2");
    untilShown("f", "queued", "running");
    untilShown("s.2", "queued", "running");
    assertThat(run(1, "resume", "s.2").err())
        .isEqualTo(
            "saltus: the process that holds the home refused: s.2 is at work."
                + " Try again when it has ended.\n");
    runs.letLearn(console);

    assertThat(resumed.join().code()).as(resumed.join().err()).isZero();
    assertThat(resumed.join().out()).startsWith("s.2: completed at step ");
    // The study saw its run rest, and rests for that itself.
    Outcome ended = host.join();
    assertThat(ended.code()).as(ended.err()).isEqualTo(130);
    assertThat(run(0, "show", "f", "--format", "json").out()).contains("\"status\":\"completed\"");
    assertThat(run(0, "study", "s").out()).startsWith("s: completed, 2 of 2 runs complete\n");
  }

  @Test
  void several_that_rest_go_on_there_and_nothing_old_is_told_again() {
    run(0, "pause", "s.2");
    CompletableFuture<Outcome> asked = start("run", spec, "--name", "r");
    untilShown("r", "running");
    run(0, "pause", "r");
    assertThat(asked.join().code()).as(asked.join().err()).isEqualTo(130);
    CompletableFuture<Outcome> resumed = start("resume", "r", "s.2");
    untilShown("r", "queued", "running");
    untilShown("s.2", "queued", "running");
    runs.letLearn(console);

    assertThat(resumed.join().code()).as(resumed.join().err()).isZero();
    assertThat(resumed.join().out()).contains("r: completed at step", "s.2: completed at step");
    assertThat(resumed.join().err()).contains("r is left to process", "s.2 is left to process");
    assertThat(host.join().code()).isEqualTo(130);
  }

  @Test
  void what_was_left_there_is_paused_like_everything_else() {
    run(0, "pause", "s.2");
    CompletableFuture<Outcome> asked = start("run", spec, "--name", "r");
    untilShown("r", "running");

    run(0, "pause", "--all");

    assertThat(asked.join().code()).as(asked.join().err()).isEqualTo(130);
    assertThat(host.join().code()).as(host.join().err()).isEqualTo(130);
    runs.letLearn(console);
    assertThat(run(0, "resume", "--all").out())
        .startsWith("s: completed, 2 of 2 runs complete\n")
        .contains("r: completed at step ");
  }

  @Test
  void a_study_that_has_spent_its_budget_there_ends_here_as_it_would_have_there() {
    run(0, "pause", "s.2");
    // A second of devices, which are in use until the runs are let learn.
    CompletableFuture<Outcome> asked =
        start("study", study, "--name", "t", "--device-hours", "0.0003");

    Outcome spent = asked.join();

    assertThat(spent.code()).as(spent.err()).isEqualTo(1);
    assertThat(spent.err()).contains("device-hours are spent", "saltus study t --device-hours H");
    run(0, "pause", "--all");
    assertThat(host.join().code()).isEqualTo(130);
  }

  @Test
  void a_run_of_the_study_gives_way_to_an_urgent_one_and_comes_to_the_same_end()
      throws IOException {
    String urgent =
        Scripted.spec(
            directory,
            "isolation = thread",
            "priority = 10",
            "device = \"cpu:0\"",
            EndlessRuns.SPEC);
    CompletableFuture<Outcome> asked = start("run", urgent, "--name", "u");
    untilShown("u", "running");
    runs.letLearn(console);

    assertThat(asked.join().code()).as(asked.join().err()).isZero();
    Outcome ended = host.join();
    assertThat(ended.code()).as(ended.err()).isZero();
    String ends = run(0, "events", "s.1").out() + run(0, "events", "s.2").out();
    assertThat(ends).contains("preempted").contains("u");
    for (String run : List.of("s.1", "s.2")) {
      assertThat(run(0, "show", run, "--format", "json").out())
          .contains("\"status\":\"completed\"", "\"exact\":true");
    }
  }

  @Test
  void a_request_of_another_version_is_refused_as_such() throws IOException {
    String ours = BuildFacts.read().version();
    ControlRequest pause = new ControlRequest("pause", "{\"run\":\"s.1\"}");

    assertThat(refusal(new ControlRequest("praise", "{}").from(ours)))
        .contains("does not know 'praise'", "another version of Saltus");
    assertThat(refusal(pause.from("0.0.1")))
        .contains("it is Saltus " + ours, "who asks is Saltus 0.0.1", "let it end first");
    assertThat(refusal(pause))
        .contains("it is Saltus " + ours, "who asks is an older version", "let it end first");
    assertThat(run(0, "show", "s.1", "--format", "json").out()).contains("\"status\":\"running\"");
    runs.letLearn(console);
    assertThat(host.join().code()).isZero();
  }

  private String refusal(ControlRequest request) throws IOException {
    ControlResponse answer =
        ControlClient.ask(Home.at(directory.resolve(".saltus")), request, Duration.ofMinutes(1))
            .orElseThrow();
    assertThat(answer.ok()).isFalse();
    return answer.body();
  }

  @Test
  void names_that_are_taken_are_refused_and_hooks_are_not_handed_over() {
    assertThat(run(2, "run", spec, "--name", "s").err())
        .startsWith("saltus: there is a study of this name already: --name s");
    assertThat(run(2, "study", study, "--name", "s").err())
        .startsWith("saltus: there is a study of this name already: --name s");
    assertThat(run(1, "run", spec, "--on", "failed=true").err())
        .startsWith("saltus: the home is in use: ");
    runs.letLearn(console);
    assertThat(host.join().code()).isZero();
  }
}
