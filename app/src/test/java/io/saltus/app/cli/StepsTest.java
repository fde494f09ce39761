package io.saltus.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.saltus.app.cli.Console.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.util.SortedMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Steps, events and runs that there are, or are not. */
class StepsTest {

  @TempDir static Path directory;
  private static Console console;

  @BeforeAll
  static void run() throws IOException {
    console = new Console(directory);
    String spec = Scripted.spec(directory);
    assertThat(console.run("run", spec, "--name", "a1").code()).isZero();
    assertThat(console.run("fork", "a1", "--step", "120", "--name", "a2").code()).isZero();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "verify a1 --until x | 'x' is not a whole number, 0 or more: --until",
        "verify a1 --until -1 | '-1' is not a whole number, 0 or more: --until",
        "verify a1 --from 1e2 | '1e2' is not a whole number, 0 or more: --from",
        "verify a1 --until 201 | a1 has recorded steps up to 200: --until 201",
        "verify a2 --until 120 | a2 begins with step 120 of a1: --until 120. Give a later one",
        "verify a2 --from 7 | a2 begins with step 120 of a1: --from 7. Give a later one",
        "verify a2 --from 150 --until 130 | the first step lies behind the last: --from 150 --until",
        "fork a1 --step x | 'x' is not a whole number, 0 or more: --step",
        "fork a1 --step 9999999999999999999 | is not a whole number, 0 or more: --step",
        "replay a1 --until-step 201 | a1 has recorded steps 0 to 200: --until-step 201",
        "replay a1 --until-step -1 | '-1' is not a whole number, 0 or more: --until-step",
        "replay a1 --until-step last | 'last' is not a whole number, 0 or more: --until-step",
        "replay a1 --until-seq 0 | '0' is not a whole number, 1 or more: --until-seq",
        "replay a1 --until-seq 9999 | a1 has events 1 to ",
        "replay a1 --until-step 1 --until-seq 1 | exclude each other",
        "checkpoints export a1 --step 201 --out new | a1 has no checkpoint at step 201",
        "checkpoints export a1 --step -1 --out new | '-1' is not a whole number, 0 or more: --step",
        "checkpoints export a1 --step x --out new | 'x' is not a whole number, 0 or more: --step",
        "metrics a1 --from x | 'x' is not a whole number, 0 or more: --from",
        "metrics a1 --from 9 --until 3 | there is no step from 9 to 3",
        "events a1 --from-seq 0 | '0' is not a whole number, 1 or more: --from-seq",
        "extend a1 --steps 0 | '0' is not a whole number, 1 or more: --steps",
        "show a | 'a' begins the names of 2 runs: a1, a2. Give more of it.",
        "verify a | 'a' begins the names of 2 runs: a1, a2",
        "fork a --step 3 | 'a' begins the names of 2 runs: a1, a2",
        "resume a | 'a' begins the names of 2 runs: a1, a2",
        "delete a --yes | 'a' begins the names of 2 runs: a1, a2",
        "cancel a | 'a' begins the names of 2 runs: a1, a2",
        "pause a | 'a' begins the names of 2 runs: a1, a2",
        "checkpoints export a --step 0 --out new | 'a' begins the names of 2 runs: a1, a2",
        "show a3 | no run 'a3'; did you mean a1?",
        "replay zebra | no run 'zebra'. `saltus runs` lists all.",
        "fork zebra --step 0 | no run 'zebra'",
        "resume a1 zebra | no run 'zebra'",
        "delete zebra --yes | no run 'zebra'",
        "checkpoints export zebra --step 0 --out new | no run 'zebra'",
      })
  void what_is_not_there_is_said_in_one_line_and_nothing_changes(String line, String complaint)
      throws IOException {
    SortedMap<String, Long> checkpoints = Scripted.files(directory.resolve(".saltus/checkpoints"));
    String before = console.run("runs", "--format", "json").out();
    Outcome outcome = console.run(line.split(" "));

    assertThat(outcome.code()).as(outcome.err()).isEqualTo(2);
    assertThat(outcome.err()).startsWith("saltus: ").contains(complaint).hasLineCount(1);
    assertThat(outcome.out()).isEmpty();
    assertThat(console.run("runs", "--format", "json").out()).isEqualTo(before);
    assertThat(directory.resolve("new")).doesNotExist();
    assertThat(Scripted.files(directory.resolve(".saltus/checkpoints"))).isEqualTo(checkpoints);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "verify a1 --until 0 | 0 | 0 | 1",
        "verify a1 --from 0 --until 0 | 0 | 0 | 1",
        "verify a1 --until 1 | 1 | 1 | 1",
        "verify a1 --from 0 --until 3 | 0 | 3 | 4",
        "verify a1 --from 200 | 200 | 200 | 1",
        "verify a1 | 1 | 200 | 200",
        "verify a2 | 121 | 200 | 80",
        "verify a2 --until 121 | 121 | 121 | 1",
      })
  void a_range_includes_both_ends(String line, int from, int until, int steps) {
    Outcome outcome = console.run((line + " --format json").split(" "));

    assertThat(outcome.code()).as(outcome.err()).isZero();
    assertThat(outcome.out())
        .contains(
            "\"identical\":true,\"from\":%d,\"until\":%d,\"steps\":%d,"
                .formatted(from, until, steps));
  }

  @Test
  void the_initial_state_is_compared_too() {
    assertThat(console.run("verify", "a1", "--until", "0").out())
        .isEqualTo("a1: steps 0 to 0 are bit for bit as recorded (5 metrics, 1 saved states)\n");
  }

  @Test
  void a_no_at_the_terminal_deletes_nothing_and_says_so() {
    for (String answer : new String[] {"n\n", "", "yes please\n"}) {
      Outcome outcome = new Console(directory).typing(answer).run("delete", "a2");

      assertThat(outcome.code()).isEqualTo(1);
      assertThat(outcome.err())
          .isEqualTo("Delete a2? This cannot be undone. [y/N]\nsaltus: not deleted\n");
      assertThat(outcome.out()).isEmpty();
    }
    assertThat(console.run("show", "a2").code()).isZero();
    console.run("fork", "a1", "--step", "190", "--name", "gone");
    assertThat(new Console(directory).typing("y\n").run("delete", "gone").out())
        .isEqualTo("gone is deleted\n");
    assertThat(console.run("show", "gone").code()).isEqualTo(2);
  }
}
