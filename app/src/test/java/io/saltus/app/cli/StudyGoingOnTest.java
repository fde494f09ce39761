package io.saltus.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.saltus.app.Saltus;
import io.saltus.app.Tools;
import io.saltus.app.cli.Console.Outcome;
import io.saltus.experiment.RunId;
import io.saltus.experiment.session.Program;
import io.saltus.experiment.spec.ExperimentSpec;
import io.saltus.testkit.Mishap;
import io.saltus.testkit.Script;
import io.saltus.testkit.ScriptedProgram;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Studies that get more to do, or again what failed, or less time than they need. */
class StudyGoingOnTest {

  private static final Script GOOD = Script.learning();
  private static final Script FAILING =
      GOOD.with(80, new Mishap.Failure("the power\u001b[2J went"));
  private static final String HOLDS =
      "expect = [{ id = learns, metric = train.accuracy, take = max, at-least = 0.4 }]";

  @TempDir Path directory;
  private Console console;
  private String spec = "";

  @BeforeEach
  void write() throws IOException {
    console = new Console(directory);
    spec = Scripted.study(directory, "steps = [50, 100]", HOLDS);
  }

  private Outcome study(int code, String... arguments) {
    String[] command = new String[arguments.length + 1];
    command[0] = "study";
    System.arraycopy(arguments, 0, command, 1, arguments.length);
    Outcome outcome = console.run(command);
    assertThat(outcome.code()).as(outcome.err()).isEqualTo(code);
    return outcome;
  }

  private List<String> runs() {
    return console.run("runs", "--format", "json").lines().stream()
        .map(line -> line.replaceFirst("^\\{\"run\":\"([^\"]*)\".*", "$1"))
        .toList();
  }

  @Test
  void expectations_that_hold_are_exit_code_zero() {
    assertThat(study(0, spec, "--name", "s", "--assert").lines()).contains("ok        learns");
  }

  @Test
  void a_study_without_a_name_is_called_by_its_experiment_and_day() {
    study(0, spec, "--quiet");

    assertThat(console.run("studies").lines().get(1)).matches("scripted-20261123-\\w{4} +compl.*");
    assertThat(runs()).hasSize(4).allMatch(run -> run.matches("scripted-20261123-\\w{4}\\.[1-4]"));
  }

  @Test
  void a_failed_run_is_exit_code_one_and_only_failed_ones_are_repeated_on_request() {
    Outcome failed = console.script(FAILING).run("study", spec, "--name", "s");

    assertThat(failed.code()).as(failed.err()).isEqualTo(1);
    assertThat(failed.out())
        .startsWith("s: completed, 2 of 4 runs complete, 2 failed\n")
        .contains("\nfailed:\n  s.3: ")
        .contains("the power\\x1b[2J went");
    assertThat(failed.out() + failed.err()).doesNotContain("\u001b");
    assertThat(console.run("show", "s", "--format", "json").lines().get(1))
        .contains("\"steps\":\"100\"")
        .contains("\"n\":0,\"failed\":2,\"unfinished\":0,\"metrics\":{},\"crossings\":[]");
    assertThat(console.script(GOOD).run("study", "s").code()).as("as it was").isEqualTo(1);
    assertThat(console.run("show", "s.3").out()).startsWith("s.3: failed");

    assertThat(study(0, "s", "--failed").out()).startsWith("s: completed, 4 of 4 runs complete\n");
    assertThat(runs()).containsExactlyInAnyOrder("s.1", "s.2", "s.3", "s.4");
    assertThat(console.run("runs", "--format", "json", "--where", "step:50").out())
        .doesNotContain("\"attempts\":2");
  }

  @Test
  void a_deleted_run_is_made_up_for_by_one_of_another_name() {
    assertThat(console.script(FAILING).run("study", spec, "--name", "s").code()).isEqualTo(1);
    assertThat(console.script(GOOD).run("delete", "s.3", "--yes").code()).isZero();

    assertThat(study(1, "s").err()).contains("s.5 (steps 100, seed 1): completed");
    assertThat(study(0, "s", "--failed").out()).startsWith("s: completed, 4 of 4 runs complete\n");
    assertThat(runs()).containsExactlyInAnyOrder("s.1", "s.2", "s.4", "s.5");
  }

  @Test
  void more_seeds_and_values_begin_the_new_runs_only() {
    study(0, spec, "--name", "s");
    String before = console.run("runs", "--format", "json").out();

    Outcome seeds = study(0, "s", "--add-seeds", "3..4");
    assertThat(seeds.err()).contains("saltus: 8 runs, 4 of them done\n");
    assertThat(seeds.out()).startsWith("s: completed, 8 of 8 runs complete\n");
    assertThat(seeds.lines().get(3)).contains(" 4/4 ");
    assertThat(console.run("runs", "--format", "json").out()).startsWith(before);

    Outcome values = study(0, "s", "--set", "study.axes.steps=[50,100,60]");
    assertThat(values.err()).contains("saltus: 12 runs, 8 of them done\n");
    assertThat(values.out()).startsWith("s: completed, 12 of 12 runs complete\n");
    assertThat(runs()).hasSize(12).last().asString().matches("s\\.(9|10|11|12)");
    assertThat(study(0, "s", "--add-seeds", "2,3").err()).contains("12 runs, 12 of them done\n");
  }

  @Test
  void other_expectations_are_held_against_the_runs_that_are_there() {
    study(0, spec, "--name", "s", "--assert");

    study(3, "s", "--assert", "--set", "expect=[{metric=train.accuracy,at-least=0.9}]");
    assertThat(runs()).hasSize(4);
  }

  @Test
  void an_equal_run_is_taken_where_that_is_asked_for_and_stays_when_the_study_is_deleted()
      throws IOException {
    String plain = Scripted.spec(directory, "isolation = thread");
    Outcome equal = console.run("run", plain, "--steps", "50", "--seed", "2", "--name", "equal");
    assertThat(equal.code()).as(equal.err()).isZero();

    Outcome reusing = study(0, spec, "--name", "s", "--reuse");

    assertThat(reusing.err()).contains("equal computes the same: steps 50, seed 2\n");
    assertThat(runs()).hasSize(4).contains("equal");
    assertThat(console.run("runs", "--study", "s").out()).contains("equal");
    assertThat(console.run("show", "s", "--format", "json").lines().get(0))
        .contains("{\"seed\":2,\"run\":\"equal\",\"status\":\"completed\"");
    assertThat(study(0, spec, "--name", "t").err()).doesNotContain("computes the same");
    assertThat(console.run("delete", "s", "--yes").out()).isEqualTo("s and its runs are deleted\n");
    assertThat(runs()).containsExactlyInAnyOrder("equal", "t.1", "t.2", "t.3", "t.4");
    assertThat(console.run("studies").lines()).hasSize(2);
    assertThat(console.run("show", "s").code()).isEqualTo(2);
  }

  @Test
  void a_complete_run_in_which_nobody_has_looked_for_jumps_is_looked_at_before_it_goes_on()
      throws IOException {
    List<Program> programs = List.of(new ScriptedProgram(GOOD));
    ExperimentSpec plain =
        new SpecChoice(Scripted.spec(directory, "isolation = thread"))
            .set(List.of("steps=50"))
            .read(programs)
            .spec();
    RunId unseen;
    Tools tools =
        new Tools(
            programs, List.of(), Clock.systemUTC(), System::nanoTime, new Random(1), "a program");
    try (Saltus saltus = Saltus.open(directory.resolve(".saltus"), tools)) {
      unseen = saltus.run(plain).run();
    }
    study(0, spec, "--name", "s", "--reuse");
    assertThat(console.run("runs", "--study", "s").out()).contains(unseen.value());
    assertThat(console.run("events", unseen.value(), "--stream", "analysis").out()).isEmpty();

    study(0, "s");

    assertThat(console.run("events", unseen.value(), "--stream", "analysis").out())
        .contains("AnalysisCompleted");
  }

  @Test
  void what_a_study_only_took_is_not_its_own_to_delete_or_keep() throws IOException {
    String plain = Scripted.spec(directory, "isolation = thread");
    assertThat(console.run("run", plain, "--steps", "50", "--name", "equal").code()).isZero();
    study(0, spec, "--name", "s", "--reuse");

    Outcome deleted = console.run("delete", "s", "equal", "--yes");

    assertThat(deleted.out()).isEqualTo("s and its runs are deleted\nequal is deleted\n");
    assertThat(runs()).isEmpty();
  }

  @Test
  void without_device_hours_left_it_rests_and_goes_on_with_more() {
    Outcome spent =
        study(1, spec, "--name", "s", "--parallel", "1", "--device-hours", "0.000000001");

    assertThat(spent.err())
        .contains("saltus: s rests (")
        .contains(" device-hours are spent); all of it is in the journal.")
        .contains(" Go on with more of them: saltus study s --device-hours H\n");
    assertThat(spent.out()).startsWith("s: paused, ").contains("device-hours are spent");
    assertThat(runs()).hasSizeLessThan(4);
    assertThat(study(1, "s", "--quiet").err())
        .as("an error, which is not quiet")
        .startsWith("saltus: s rests (");
    assertThat(console.run("resume", "--all").code()).as("one of many").isEqualTo(1);
    assertThat(study(0, "s", "--device-hours", "10").out())
        .startsWith("s: completed, 4 of 4 runs complete\n");
    assertThat(console.run("studies", "--format", "json").out()).contains("\"deviceHours\":10");
  }

  @Test
  void one_at_a_time_means_that_each_begins_when_the_last_has_ended() {
    study(0, spec, "--name", "s", "--parallel", "1");

    for (int run = 2; run <= 4; run++) {
      assertThat(offset("s." + run, 0)).isGreaterThan(offset("s." + (run - 1), -1));
    }
  }

  /** Where an event of a run stands in the journal: the first, or the last. */
  private long offset(String run, int which) {
    List<String> events = console.run("events", run, "--format", "json").lines();
    String event = events.get(which < 0 ? events.size() - 1 : which);
    return Long.parseLong(event.replaceFirst(".*\"offset\":(\\d+).*", "$1"));
  }

  @Test
  void a_run_of_somebody_else_under_the_name_of_one_of_its_runs_is_not_taken_for_its_own()
      throws IOException {
    String plain = Scripted.spec(directory, "isolation = thread");
    assertThat(console.run("run", plain, "--name", "s.2", "--steps", "30").code()).isZero();

    Outcome refused = console.run("study", spec, "--name", "s");

    assertThat(refused.code()).isEqualTo(2);
    assertThat(refused.err())
        .isEqualTo(
            "saltus: 's.2', which its runs would need, is taken: --name s. Choose another name.\n");
    assertThat(console.run("studies").out()).isEmpty();
  }

  @Test
  void an_exact_name_means_the_study_also_where_a_run_begins_with_it() throws IOException {
    study(0, spec, "--name", "s");
    String plain = Scripted.spec(directory, "isolation = thread");
    assertThat(console.run("run", plain, "--name", "solo", "--steps", "30").code()).isZero();

    assertThat(console.run("show", "s").out()).startsWith("s: completed, 4 of 4 runs");
    assertThat(console.run("show", "so").out()).startsWith("solo: completed");
    assertThat(study(0, "s").out()).startsWith("s: completed");
  }

  @Test
  void the_beginning_of_a_name_will_do_where_it_means_one_thing() {
    study(0, spec, "--name", "first");
    study(0, spec, "--name", "fist");

    assertThat(console.run("show", "firs").out()).startsWith("first: completed");
    assertThat(console.run("study", "fi").err())
        .isEqualTo("saltus: 'fi' begins the names of 2 studies: first, fist. Give more of it.\n");
  }

  @Test
  void a_study_is_cancelled_for_good_and_keeps_what_is_complete() {
    study(1, spec, "--name", "s", "--parallel", "1", "--device-hours", "0.000000001");

    Outcome cancelled = console.run("cancel", "s");

    assertThat(cancelled.code()).as(cancelled.err()).isZero();
    assertThat(cancelled.out()).startsWith("s: cancelled, ").contains("  saltus cancel\n");
    assertThat(console.run("cancel", "s").err()).isEqualTo("saltus: s is cancelled already\n");
    assertThat(console.run("study", "s").err()).contains("study s was cancelled for good");
    assertThat(console.run("study", "s").code()).isEqualTo(2);
    assertThat(console.run("resume", "--all").err())
        .isEqualTo("saltus: there is nothing to resume\n");
    assertThat(console.run("pause", "s").err())
        .isEqualTo("saltus: s is cancelled, so there is nothing to pause: saltus pause s.\n");
  }
}
