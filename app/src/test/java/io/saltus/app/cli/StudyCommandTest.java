package io.saltus.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.saltus.app.cli.Console.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A study of two axes and two seeds beside another run: what it says, and what can be asked. */
class StudyCommandTest {

  private static final String AXES = "steps = [50, 100]\nbatch-size = [16, 32]";

  private static final String EXPECT =
      """
      expect = [
        { id = learns, metric = train.accuracy, take = max, at-least = 0.9, where { steps = 100 } }
        { id = at-once, metric = train.accuracy, reaches = 0.4, at-most = 10 }
      ]
      """;

  @TempDir static Path directory;
  private static Console console;
  private static String spec = "";
  private static Outcome begun;

  @BeforeAll
  static void do_it() throws IOException {
    console = new Console(directory);
    spec = Scripted.study(directory, AXES, EXPECT);
    Outcome other =
        console.run("run", Scripted.spec(directory), "--name", "other", "--steps", "20");
    assertThat(other.code()).as(other.err()).isZero();
    begun = console.run("study", spec, "--name", "s");
  }

  @Test
  void it_ends_with_a_table_pictures_and_all_runs_complete() {
    assertThat(begun.code()).as(begun.err()).isZero();
    assertThat(begun.lines().get(0)).isEqualTo("s: completed, 8 of 8 runs complete");
    assertThat(begun.lines().get(2))
        .isEqualTo("batch-size  steps  runs  failed  validation.accuracy, mean  step at 0.99");
    assertThat(begun.lines().get(3))
        .isEqualTo("16          50      2/2       0  0.0500 (0.0500 to 0.0500)  never 0/2");
    assertThat(begun.out())
        .contains("\nvalidation.accuracy, over the seeds of each cell\n")
        .contains("\nvalidation.accuracy at 0.99 for good\n")
        .doesNotContain("learns");
    assertThat(begun.lines()).allMatch(line -> line.codePointCount(0, line.length()) <= 80);
  }

  @Test
  void its_progress_goes_to_standard_error_a_line_for_each_run() {
    assertThat(begun.err().lines())
        .contains("saltus: 8 runs", "saltus: s: ctrl-C lets it rest; go on with: saltus study s");
    assertThat(begun.err().lines().filter(line -> line.matches("saltus: \\[[1-8]/8] s\\.[1-8] .*")))
        .hasSize(8)
        .allMatch(line -> line.contains(": completed at step "));
    assertThat(begun.err()).contains("(batch-size 16, steps 50, seed 1): completed at step 50\n");
  }

  @Test
  void on_a_terminal_its_progress_is_drawn_in_place_with_a_line_for_each_run_at_work() {
    Outcome drawn =
        new Console(directory)
            .onTerminal()
            .variable("NO_COLOR", "1")
            .run("study", spec, "--name", "drawn", "--home", directory.resolve("drawn").toString());

    assertThat(drawn.code()).as(drawn.err()).isZero();
    assertThat(drawn.out()).startsWith("drawn: completed, 8 of 8 runs complete\n");
    List<String> shown =
        drawn.err().replace("\u001b[A\r\u001b[K", "").lines().filter(line -> bar(line)).toList();
    assertThat(shown)
        .anyMatch(line -> line.matches("[█░]{20} [0-8]/8 runs, [1-9] at work"))
        .anyMatch(line -> line.matches("[█░]{20} \\d+/(50|100) \\.[1-8] \\(batch-size .*"))
        .allMatch(line -> line.length() < 80);
    assertThat(drawn.err())
        .as("what was drawn is taken away at the end")
        .contains("\u001b[A\r\u001b[K")
        .doesNotContain(": completed at step ");
  }

  private static boolean bar(String line) {
    return line.startsWith("█") || line.startsWith("░");
  }

  @Test
  void json_is_a_line_for_each_cell_in_the_order_of_the_plan_and_then_one_for_each_expectation() {
    List<String> lines = console.run("show", "s", "--format", "json").lines();

    assertThat(lines).hasSize(6);
    assertThat(lines.stream().limit(4).map(line -> object(line).get("axes").toString()))
        .containsExactly(
            "{batch-size=16, steps=50}",
            "{batch-size=16, steps=100}",
            "{batch-size=32, steps=50}",
            "{batch-size=32, steps=100}");
    Map<?, ?> cell = object(lines.get(1));
    assertThat(List.copyOf(cell.keySet()).subList(0, 3)).isEqualTo(List.of("axes", "n", "failed"));
    assertThat(lines.get(1)).contains("\"n\":2,\"failed\":0,");
    assertThat(object(lines.get(1)).get("metrics").toString())
        .contains("train.accuracy", "train.loss", "validation.accuracy", "validation.loss");
    assertThat(lines.get(1))
        .contains("\"train.accuracy\":{\"mean\":1,\"low\":1,\"high\":1,\"n\":2}")
        .contains(
            "{\"seed\":1,\"run\":\"s.3\",\"status\":\"completed\",\"failure\":null,\"step\":100}");
    assertThat(lines.get(4))
        .startsWith("{\"expect\":\"learns\",\"ok\":true,\"evidence\":\"")
        .contains("\"outcome\":\"ok\"");
    assertThat(lines.get(5))
        .startsWith("{\"expect\":\"at-once\",\"ok\":false,\"evidence\":\"")
        .contains("\"outcome\":\"not\"");
  }

  private static Map<?, ?> object(String line) {
    return (Map<?, ?>) JsonTree.parse(line);
  }

  @Test
  void show_tells_its_expectations_with_their_evidence() {
    Outcome shown = console.run("show", "s");

    assertThat(shown.code()).as(shown.err()).isZero();
    assertThat(shown.out()).startsWith("s: completed, 8 of 8 runs complete\n");
    assertThat(shown.lines()).contains("ok        learns", "not       at-once");
    assertThat(shown.lines()).allMatch(line -> line.codePointCount(0, line.length()) <= 80);
    assertThat(console.run("show", "s.1").out()).startsWith("s.1: completed");
  }

  @Test
  void studies_lists_it_in_text_and_json() {
    assertThat(console.run("studies").lines())
        .containsExactly(
            "study  status     complete  failed  runs", "s      completed         8       0     8");
    assertThat(console.run("studies", "--format", "json").lines())
        .containsExactly(
            "{\"study\":\"s\",\"experiment\":\"scripted\",\"status\":\"completed\",\"runs\":8,"
                + "\"completed\":8,\"failed\":0,\"reason\":\"\",\"deviceHours\":null,\"extension\":null}");
  }

  @Test
  void runs_lists_those_of_the_study_only() {
    assertThat(ids("runs", "--format", "json")).hasSize(9).contains("other");
    assertThat(ids("runs", "--study", "s", "--format", "json"))
        .containsExactlyInAnyOrder("s.1", "s.2", "s.3", "s.4", "s.5", "s.6", "s.7", "s.8");
    assertThat(console.run("runs", "--study", "s").lines()).hasSize(9);
    assertThat(ids("runs", "--study", "s", "--where", "seed:2 step:50", "--format", "json"))
        .containsExactlyInAnyOrder("s.2", "s.6");
    Outcome unknown = console.run("runs", "--study", "t");
    assertThat(unknown.code()).isEqualTo(2);
    assertThat(unknown.err())
        .isEqualTo("saltus: there is no study 't': --study. See 'saltus studies'.\n");
  }

  private static Stream<String> ids(String... command) {
    return console.run(command).lines().stream()
        .map(line -> line.replaceFirst("^\\{\"run\":\"([^\"]*)\".*", "$1"));
  }

  @Test
  void asked_for_again_it_begins_nothing_and_says_the_same() {
    String runs = console.run("runs", "--format", "json").out();

    Outcome again = console.run("study", "s");

    assertThat(again.code()).as(again.err()).isZero();
    assertThat(again.out()).isEqualTo(begun.out());
    assertThat(again.err()).contains("saltus: 8 runs, 8 of them done\n").doesNotContain("[");
    assertThat(console.run("runs", "--format", "json").out()).isEqualTo(runs);
    Outcome resumed = console.run("resume", "s");
    assertThat(resumed.code()).isZero();
    assertThat(resumed.err()).isEqualTo("saltus: s is completed already\n");
    assertThat(resumed.out()).isEqualTo(begun.out());
    assertThat(console.run("resume", "--all").err())
        .isEqualTo("saltus: there is nothing to resume\n");
  }

  @Test
  void with_assert_an_expectation_that_does_not_hold_is_exit_code_three() {
    Outcome asserted = console.run("study", "s", "--assert");

    assertThat(asserted.code()).as(asserted.err()).isEqualTo(3);
    assertThat(asserted.lines()).contains("ok        learns", "not       at-once");
    assertThat(console.run("study", "s", "--assert", "--format", "json").code()).isEqualTo(3);
  }

  @Test
  void what_jumps_in_each_run_was_looked_for() {
    for (String run : List.of("s.1", "s.4", "s.8")) {
      assertThat(console.run("events", run, "--stream", "analysis").out())
          .as(run)
          .contains("AnalysisCompleted");
    }
  }
}
