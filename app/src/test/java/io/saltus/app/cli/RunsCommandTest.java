package io.saltus.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.saltus.app.cli.Console.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Four runs, filtered and sorted in all the ways that the command line has. */
class RunsCommandTest {

  @TempDir static Path directory;
  private static Console console;

  @BeforeAll
  static void run_four() throws IOException {
    console = new Console(directory);
    run("c", "first", "40", "3", "kind=long");
    run("a", "first", "10", "1", "kind=short");
    run("d", "second", "20", "10", "kind=short");
    run("b", "second", "30", "2", "other=x y");
  }

  private static void run(String name, String experiment, String steps, String seed, String tag)
      throws IOException {
    Path spec = directory.resolve(experiment + ".conf");
    Files.writeString(
        spec,
        """
        experiment = %s
        task { kind = scripted }
        model { kind = scripted }
        optimizer { kind = scripted }
        steps = 200
        evaluate { every = 10 }
        """
            .formatted(experiment));
    Outcome outcome =
        console.run(
            "run", spec.toString(), "--name", name, "--steps", steps, "--seed", seed, "--tag", tag);
    assertThat(outcome.code()).as(outcome.err()).isZero();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "--where | step>10 | c d b",
        "--where | seed>=2 NOT seed=10 | c b",
        "--where | status:completed | c a d b",
        "--where | tag.kind:short | a d",
        "--where | tag.other:\"x y\" | b",
        "--where | experiment:f* OR run:b | c a b",
        "--where | (run:a OR run:b) experiment:second | b",
        "--where | optimizer.kind:scripted AND seeds.order<3 | a b",
        "--where | train.accuracy>=0.3 | c b",
        "--where | train.accuracy.min<=0.01 AND train.accuracy.count:20 | d",
        "--where | exact:true step=40 | c",
        "--where | error:* | ''",
        "--tag | kind=short | a d",
        "--experiment | second | d b",
        "--status | completed | c a d b",
        "--status | failed | ''",
        "--sort | run | a b c d",
        "--sort | -run | d c b a",
        "--sort | seed | a b c d",
        "--sort | -seed | d c b a",
        "--sort | step | a d b c",
        "--sort | submitted | c a d b",
        "--sort | -submitted | b d a c",
        "--sort | -train.accuracy | c b d a",
        "--sort | tag.kind | c a d b",
        "--sort | -tag.kind | a d c b",
        "--sort | seeds.data | a b c d",
      })
  void text_and_json_show_the_same_runs_in_the_same_order(
      String option, String value, String expected) {
    List<String> names = expected.isEmpty() ? List.of() : List.of(expected.split(" "));

    Outcome text = console.run("runs", option, value);
    assertThat(text.code()).as(text.err()).isZero();
    assertThat(text.lines().stream().skip(1).map(line -> line.replaceFirst(" .*", "")))
        .isEqualTo(names);
    assertThat(
            console.run("runs", option + "=" + value, "--format", "json").lines().stream()
                .map(line -> line.replaceFirst("^\\{\"run\":\"([^\"]*)\".*", "$1")))
        .isEqualTo(names);
  }

  @Test
  void filters_add_up() {
    assertThat(
            console
                .run("runs", "--experiment", "first", "--tag", "kind=short", "--where", "step<20")
                .lines())
        .hasSize(2);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "--where | step> | saltus: found the end and expected a value for 'step': --where, column 6. Write it as in --where 'status:completed AND seed>1'.",
        "--where | seed:1 AND stp>5 | saltus: no run has 'stp': --where, column 12. Did you mean step?",
        "--where | optimiser.kind:x | saltus: no run has 'optimiser.kind': --where, column 1. Did you mean optimizer.kind?",
        "--where | qqqqqqqq:1 | saltus: no run has 'qqqqqqqq': --where, column 1. Use status, step, seed, tag.K, a path of the spec, or a metric.",
        "--sort | sed | saltus: no run has 'sed': --sort. Did you mean seed?",
        "--sort | -sed | saltus: no run has 'sed': --sort. Did you mean seed?",
      })
  void what_is_wrong_is_said_with_its_place(String option, String value, String says) {
    Outcome outcome = console.run("runs", option, value);

    assertThat(outcome.err()).isEqualTo(says + "\n");
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.code()).isEqualTo(2);
  }

  @Test
  void a_status_that_is_none_is_refused_also_in_a_filter() {
    Outcome outcome = console.run("runs", "--where", "status:complete");

    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.err())
        .startsWith("saltus: 'complete' is none of queued, ")
        .contains("--where, column 1. Did you mean completed?");
    assertThat(console.run("runs", "--where", "status:comp*").lines()).hasSize(5);
  }

  @Test
  void a_home_without_runs_takes_every_key_and_no_wrong_filter() throws IOException {
    Path empty = Files.createDirectory(directory.resolve("empty"));

    assertThat(console.run("--home", empty.toString(), "runs", "--where", "loss>1").code())
        .isZero();
    assertThat(console.run("--home", empty.toString(), "runs", "--where", "loss>").code())
        .isEqualTo(2);
  }
}
