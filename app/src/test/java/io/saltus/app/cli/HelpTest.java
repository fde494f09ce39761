package io.saltus.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.saltus.app.cli.Console.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the command line says of itself and of the machine. */
class HelpTest {

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "run",
        "study",
        "studies",
        "changes",
        "jumps",
        "runs",
        "show",
        "events",
        "metrics",
        "sql",
        "export",
        "import",
        "replay",
        "resume",
        "pause",
        "cancel",
        "extend",
        "delete",
        "fork",
        "verify",
        "probe",
        "compare",
        "checkpoints",
        "checkpoints export",
        "gc",
        "journal compact",
        "tag",
        "note",
        "rename",
        "archive",
        "journal",
        "journal check",
        "journal stats",
        "journal copy",
        "serve",
        "token",
        "token new",
        "specs",
        "devices",
        "doctor",
        "completion"
      })
  void every_help_fits_eighty_columns(String command) {
    Outcome outcome = console().run((command + " --help").strip().split(" "));

    assertThat(outcome.code()).isZero();
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.out()).contains("Usage: saltus");
    assertThat(outcome.lines()).allMatch(line -> line.codePointCount(0, line.length()) <= 80);
  }

  @Test
  void the_main_help_names_the_same_commands_as_this_test() throws Exception {
    List<String> walked =
        List.of(
            HelpTest.class
                .getDeclaredMethod("every_help_fits_eighty_columns", String.class)
                .getAnnotation(ValueSource.class)
                .strings());
    List<String> shown =
        console().run("--help").lines().stream()
            .dropWhile(line -> !line.startsWith("Commands:"))
            .filter(line -> line.matches("  [a-z].*"))
            .map(line -> line.strip().replaceFirst(" .*", ""))
            .toList();

    assertThat(shown).hasSizeGreaterThan(10);
    assertThat(walked).containsAll(shown);
  }

  @Test
  void bash_completes_commands_and_options() throws Exception {
    Path script =
        Files.writeString(directory.resolve("completion"), console().run("completion").out());
    String ask =
        """
        source "$1"
        compopt() { :; } # allowed only while the shell itself completes
        complete -p saltus
        COMP_WORDS=(saltus ru); COMP_CWORD=1; _complete_saltus; echo "${COMPREPLY[@]}"
        COMP_WORDS=(saltus runs --wh); COMP_CWORD=2; _complete_saltus; echo "${COMPREPLY[@]}"
        """;
    Process bash =
        new ProcessBuilder("bash", "-c", ask, "bash", script.toString())
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("said").toFile())
            .start();

    assertThat(bash.waitFor(30, TimeUnit.SECONDS)).isTrue();
    List<String> said = Files.readAllLines(directory.resolve("said"));
    assertThat(said).hasSize(3);
    assertThat(said.get(0)).contains("-F _complete_saltus").endsWith(" saltus");
    assertThat(said.get(1).split(" ")).containsExactlyInAnyOrder("run", "runs");
    assertThat(said.get(2)).isEqualTo("--where");
  }

  @Test
  void the_doctor_has_the_same_checks_in_text_and_json_and_creates_nothing() throws IOException {
    Path home = directory.resolve("home");
    Outcome text = console().run("doctor", "--home", home.toString());
    Outcome json = console().run("doctor", "--home", home.toString(), "--format", "json");
    List<String> checks =
        List.of("jdk", "natives", "memory", "cores", "disk", "journal", "clock", "gpu");

    assertThat(text.lines().get(0)).startsWith("check");
    assertThat(
            text.lines().stream()
                .skip(1)
                .filter(line -> !line.startsWith(" "))
                .map(line -> line.replaceFirst(" .*", "")))
        .isEqualTo(checks);
    assertThat(
            json.lines().stream()
                .map(line -> line.replaceFirst("^\\{\"check\":\"([a-z]+)\",.*", "$1")))
        .isEqualTo(checks);
    assertThat(json.lines())
        .allMatch(
            line ->
                line.matches(
                    ".*\"verdict\":\"(fine|warning|broken)\",\"ok\":(true|false),"
                        + "\"detail\":\".+\",\"remedy\":(null|\".+\")}"));
    assertThat(json.code()).isEqualTo(text.code());
    assertThat(home).doesNotExist();
  }

  @Test
  void the_doctor_names_a_home_that_cannot_be_used_and_fails() throws IOException {
    Path home = Files.writeString(directory.resolve("home"), "a file");
    Outcome outcome = console().run("doctor", "--home", home.toString(), "--format", "json");

    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.out())
        .contains("{\"check\":\"journal\",\"verdict\":\"broken\",\"ok\":false")
        .contains("the home is a file");
  }

  private Console console() {
    return new Console(directory);
  }
}
