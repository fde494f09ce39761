package io.saltus.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.saltus.app.cli.Console.Outcome;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ParsingTest {

  @TempDir Path directory;
  private Console console;

  @BeforeEach
  void open() {
    console = new Console(directory);
  }

  @Test
  void the_version_is_one_line_on_standard_output() {
    Outcome outcome = console.run("--version");

    assertThat(outcome.code()).isZero();
    assertThat(outcome.out()).startsWith("saltus 0.").hasLineCount(1);
    assertThat(outcome.err()).isEmpty();
  }

  @Test
  void help_goes_to_standard_output_and_names_all_commands() {
    Outcome outcome = console.run("--help");

    assertThat(outcome.code()).isZero();
    assertThat(outcome.out())
        .contains("completion", "  export", "  import", "  serve", "  sql", "  token");
    assertThat(outcome.err()).isEmpty();
  }

  @ParameterizedTest(name = "{index}")
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | saltus: no command given: saltus. See 'saltus --help'.",
        "rnu | saltus: unknown command 'rnu': saltus. Did you mean run? See 'saltus --help'.",
        "--qiet completion | saltus: unknown option '--qiet': saltus. Did you mean --quiet? See 'saltus --help'.",
        "completion --hoem x | saltus: unknown option '--hoem': saltus completion. Did you mean --home? See 'saltus completion --help'.",
        "completion --home | saltus: --home needs a value: saltus completion. See 'saltus completion --help'.",
        "completion extra | saltus: unexpected argument 'extra': saltus completion. See 'saltus completion --help'.",
        "completion --home a --home b | saltus: --home is given twice: saltus completion.",
        "completion --format xml | saltus: 'xml' is none of text: --format.",
        "completion --natives tpu | saltus: 'tpu' is none of auto, cpu, gpu: --natives. Did you mean cpu or gpu?",
        "completion --natives gpu | saltus: TensorFlow's natives for GPUs are not on the class path: --natives gpu. The launcher 'saltus' puts them there; start it with this option.",
      })
  void what_cannot_be_understood_is_said_in_one_line(String arguments, String complaint) {
    Outcome outcome = console.run(arguments.isEmpty() ? new String[0] : arguments.split(" "));

    assertThat(outcome.err()).isEqualTo(complaint + "\n");
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.code()).isEqualTo(2);
  }

  @Test
  void the_trace_is_shown_to_those_who_ask() {
    assertThat(console.run("sql", "--debug").err()).contains("\tat io.saltus.app");
  }

  @Test
  void control_characters_of_arguments_are_shown_and_not_obeyed() {
    Outcome outcome = console.run("completion", "\u001b[2Jgone");

    assertThat(outcome.err()).contains("\\x1b[2Jgone").doesNotContain("\u001b");
  }

  @Test
  void options_of_all_commands_stand_before_or_after_the_command() {
    assertThat(console.run("--quiet", "completion").code()).isZero();
    assertThat(console.run("completion", "--quiet").code()).isZero();
  }

  @Test
  void the_completion_script_knows_the_commands() {
    assertThat(console.run("completion").out()).contains("complete -F").contains("completion");
  }
}
