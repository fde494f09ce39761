package io.saltus.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.saltus.app.cli.Console.Outcome;
import io.saltus.testkit.Mishap;
import io.saltus.testkit.Script;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Studies whose runs get a later last step, from the command line. */
class StudyExtensionTest {

  private static final Script GOOD = Script.learning();

  @TempDir Path directory;
  private Console console;
  private String spec = "";

  @BeforeEach
  void write() throws IOException {
    console = new Console(directory).script(GOOD);
    spec = Scripted.study(directory, "steps = [50, 100]");
  }

  private Outcome run(int code, String... command) {
    Outcome outcome = console.run(command);
    assertThat(outcome.code()).as(String.join(" ", command) + ": " + outcome.err()).isEqualTo(code);
    return outcome;
  }

  private List<String> steps() {
    return run(0, "runs", "--format", "json").lines().stream()
        .map(line -> line.replaceFirst(".*\"run\":\"([^\"]*)\".*?\"step\":(\\d+).*", "$1 $2"))
        .sorted()
        .toList();
  }

  private String series(String run) {
    return run(0, "metrics", run, "--metric", "train.loss", "--format", "csv").out();
  }

  @Test
  void the_runs_of_a_complete_study_go_on_to_the_later_step_and_the_report_is_that_of_the_study() {
    run(0, "study", spec, "--name", "s");

    Outcome extended = run(0, "extend", "s", "--steps", "150");

    assertThat(extended.err())
        .contains("saltus: the runs of s may now go on to step 150; their 'until' is set aside\n")
        .contains("saltus: 4 runs\n")
        .contains("[4/4] s.")
        .contains("completed at step 150\n")
        .doesNotContain("[5/4]");
    assertThat(extended.out())
        .startsWith("s: completed, 4 of 4 runs complete\n  extended: its runs go on to step 150\n");
    assertThat(steps()).containsExactly("s.1 150", "s.2 150", "s.3 150", "s.4 150");
    assertThat(run(0, "events", "s").lines().stream().map(line -> line.split(" +", -1)[3]))
        .containsExactly(
            "StudySubmitted",
            "StudyStarted",
            "RunAssigned",
            "RunAssigned",
            "RunAssigned",
            "RunAssigned",
            "StudyRested",
            "StudyExtended",
            "StudyStarted",
            "StudyRested");
    assertThat(run(0, "events", "s", "--from-seq", "8", "--until-seq", "8").out())
        .contains("StudyExtended       steps 150\n");
    assertThat(
            run(0, "events", "s", "--from-seq", "8", "--until-seq", "8", "--format", "json").out())
        .startsWith("{\"study\":\"s\",\"sequence\":8,")
        .endsWith("\"type\":\"StudyExtended\",\"attempt\":null,\"data\":{\"steps\":150}}\n");
    assertThat(run(0, "studies", "--format", "json").out()).contains("\"extension\":150}");
    assertThat(run(0, "show", "s", "--format", "json").out()).contains("\"step\":150}");
    assertThat(run(0, "resume", "s").err()).isEqualTo("saltus: s is completed already\n");
    assertThat(run(0, "verify", "s.1").out())
        .contains("steps 1 to 150 are bit for bit as recorded");
  }

  @Test
  void it_computes_what_runs_do_that_are_extended_one_by_one() {
    run(0, "study", spec, "--name", "s");
    run(0, "study", spec, "--name", "t");
    run(0, "extend", "s", "--steps", "150");
    for (int run = 1; run <= 4; run++) {
      run(0, "extend", "t." + run, "--steps", "150");
      assertThat(series("s." + run)).isEqualTo(series("t." + run));
    }
  }

  @Test
  void what_is_added_later_is_begun_as_planned_and_goes_on_to_the_same_step() {
    run(0, "study", spec, "--name", "s");
    run(0, "extend", "s", "--steps", "150");

    run(0, "study", "s", "--add-seeds", "3");

    assertThat(steps()).hasSize(6).allMatch(line -> line.endsWith(" 150"));
    assertThat(run(0, "events", "s.5").out())
        .containsSubsequence("RunCompleted", "RunExtended", "CatchUpVerified", "RunCompleted");
  }

  @Test
  void it_is_extended_again_upwards_only() {
    run(0, "study", spec, "--name", "s");
    run(0, "extend", "s", "--steps", "150");

    assertThat(run(2, "extend", "s", "--steps", "150").err())
        .isEqualTo("saltus: s goes on to step 150 already: --steps 150. Give a later one.\n");
    run(0, "extend", "s.2", "--steps", "200");
    assertThat(run(2, "extend", "s", "--steps", "180").err())
        .isEqualTo("saltus: s.2 is at step 200 already: --steps 180. Give a later one.\n");
    assertThat(run(0, "extend", "s", "--steps", "210").out())
        .contains("extended: its runs go on to step 210");
    assertThat(steps()).hasSize(4).allMatch(line -> line.endsWith(" 210"));
  }

  @Test
  void runs_of_others_are_left_at_their_own_end_and_the_study_says_so() throws IOException {
    String plain = Scripted.spec(directory, "isolation = thread");
    run(0, "run", plain, "--steps", "50", "--seed", "2", "--name", "equal");
    run(0, "study", spec, "--name", "s", "--reuse");

    Outcome extended = run(0, "extend", "s", "--steps", "150");

    assertThat(extended.out())
        .contains(
            "  extended: its runs go on to step 150; 1 run of others is left at its own end\n");
    assertThat(steps()).containsExactly("equal 50", "s.1 150", "s.2 150", "s.3 150");
    assertThat(run(0, "show", "s", "--format", "json").out())
        .contains("\"run\":\"equal\",\"status\":\"completed\",\"failure\":null,\"step\":50}");
  }

  @Test
  void a_failed_run_stays_and_goes_on_with_the_others_when_it_is_repeated() {
    console.script(GOOD.with(80, new Mishap.Failure("the power went")));
    run(1, "study", spec, "--name", "s");
    console.script(GOOD);

    run(1, "extend", "s", "--steps", "150");
    assertThat(steps()).contains("s.1 150", "s.2 150", "s.3 79", "s.4 79");

    run(0, "study", "s", "--failed");
    assertThat(steps()).hasSize(4).allMatch(line -> line.endsWith(" 150"));
  }

  @Test
  void a_study_that_rests_is_extended_and_one_that_was_cancelled_is_not() {
    run(1, "study", spec, "--name", "s", "--parallel", "1", "--device-hours", "0.000000001");
    assertThat(run(1, "extend", "s", "--steps", "150").out())
        .startsWith("s: paused, ")
        .contains("extended: its runs go on to step 150", "device-hours are spent");
    run(0, "study", "s", "--device-hours", "10");
    assertThat(steps()).hasSize(4).allMatch(line -> line.endsWith(" 150"));

    run(1, "study", spec, "--name", "t", "--parallel", "1", "--device-hours", "0.000000001");
    run(0, "cancel", "t");
    assertThat(run(2, "extend", "t", "--steps", "200").err())
        .startsWith("saltus: t was cancelled for good: saltus extend t.");
  }
}
