package io.saltus.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.saltus.app.Programs;
import io.saltus.app.cli.Console.Outcome;
import io.saltus.persistence.home.Home;
import io.saltus.persistence.home.HomeLock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the user may get wrong: a clear line, the right exit code, and nothing created. */
class WrongInputTest {

  @TempDir Path directory;
  private Path home;
  private Console console;

  @BeforeEach
  void open() {
    home = directory.resolve("home");
    console =
        new Console(directory)
            .programs(Programs.installed())
            .variable("SALTUS_HOME", home.toString());
  }

  @ParameterizedTest(name = "{index}")
  @CsvSource(
      delimiter = '|',
      value = {
        "grokkin | did you mean grokking?",
        "grokking --set optimiser.x=1 | optimizer",
        "grokking --set model.widht=3 | width",
        "grokking --set model.width=wide | model.width",
        "grokking --steps 0 | --steps 0",
        "grokking --steps -5 | --steps -5",
        "grokking --steps 1e99 | --steps 1e99",
        "grokking --steps many | --steps many",
        "grokking --seed x | --seed x",
        "grokking --set task.train-fraction=0 | task.train-fraction",
        "grokking --set task.train-fraction=1 | task.train-fraction",
        "grokking --set task.train-fraction=1.5 | task.train-fraction",
        "grokking --set task.modulus=1 | task.modulus",
        "grokking-division --set task.modulus=96 | prime",
        "grokking --set optimizer.learning-rate=-1 | optimizer.learning-rate",
        "grokking --set nonsense | path=value",
        "grokking --set on.completed=true | unknown key 'on'",
        "grokking --set hooks=[true] | unknown key 'hooks'",
        "grokking --device gpu:7 | gpu:7",
        "grokking --device tpu | tpu",
        "grokking --set resources.kind=gpu | there is no gpu: resources.kind. This machine has cpu:0",
        "grokking --set resources.memory=1000TiB | there is no cpu with 1000 TiB of memory",
        "grokking --set resources.count=256 | there are no 256 devices of kind cpu",
        "grokking --set priority=1001 | priority",
        "grokking --name ../up | cannot name a run",
        "grokking --name Upper | cannot name a run",
        "grokking --tag novalue | key=value",
        "grokking --format xml | none of text, json",
        "grokking --plugins /no/such/place | --plugins /no/such/place",
        "./missing.conf | missing.conf",
        "/ | directory",
      })
  void wrong_input_is_refused_in_words_and_nothing_is_created(String arguments, String says)
      throws IOException {
    Outcome outcome = console.run(("run " + arguments).split(" "));

    assertThat(outcome.err()).startsWith("saltus: ").contains(says).doesNotContain("\tat ");
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.code()).as(outcome.err()).isEqualTo(2);
    assertNothingCreated();
  }

  @ParameterizedTest
  @CsvSource({"empty", "binary", "deep", "doubling", "circle", "outside", "environment"})
  void a_spec_file_that_is_no_spec_is_refused(String defect) throws IOException {
    Path file = directory.resolve("bad.conf");
    Files.write(file, defective(defect));
    Outcome outcome = console.run("run", file.toString());
    Files.delete(file);

    assertThat(outcome.code()).as(outcome.err()).isEqualTo(2);
    assertThat(outcome.err()).startsWith("saltus: ").doesNotContain("\tat ");
    assertNothingCreated();
  }

  private static byte[] defective(String defect) {
    String text =
        switch (defect) {
          case "empty" -> "";
          case "binary" -> "\u0000\u0001\u0002";
          case "deep" -> "a={".repeat(20_000);
          case "doubling" -> doubling();
          case "circle" -> "include \"./bad.conf\"\n";
          case "outside" -> "include \"../other.conf\"\nexperiment=x";
          default -> "experiment = ${HOME}";
        };
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String doubling() {
    StringBuilder text = new StringBuilder("a0 = aaaaaaaaaa\n");
    for (int i = 1; i < 60; i++) {
      text.append("a%d = ${a%d}${a%d}\n".formatted(i, i - 1, i - 1));
    }
    return text.append("experiment = x\n").toString();
  }

  @Test
  void several_mistakes_are_named_at_once() {
    Outcome outcome = console.run("run", "grokking", "--steps", "0", "--set", "task.modulus=1");

    assertThat(outcome.err()).hasLineCount(2).contains("--steps 0").contains("task.modulus");
  }

  @Test
  void more_than_ten_mistakes_are_counted() {
    String[] arguments = new String[2 + 2 * 13];
    arguments[0] = "run";
    arguments[1] = "grokking";
    for (int i = 0; i < 13; i++) {
      arguments[2 + 2 * i] = "--set";
      arguments[3 + 2 * i] = "unknown-key-" + i + "=1";
    }
    Outcome outcome = console.run(arguments);

    assertThat(outcome.err().lines().toList()).hasSize(11).last().isEqualTo("… and 3 more");
  }

  @Test
  void a_reader_says_that_there_is_no_home_and_makes_none() throws IOException {
    for (String command :
        new String[] {"runs", "show @last", "events @last", "metrics @last", "journal check"}) {
      Outcome outcome = console.run(command.split(" "));
      assertThat(outcome.code()).isEqualTo(2);
      assertThat(outcome.err()).contains("there is no home here: " + home);
    }
    assertNothingCreated();
  }

  @Test
  void an_empty_directory_is_a_fresh_home_without_runs() throws IOException {
    Files.createDirectory(home);
    Outcome outcome = console.run("runs");

    assertThat(outcome.code()).isZero();
    assertThat(outcome.out()).isEmpty();
    try (Stream<Path> entries = Files.list(home)) {
      assertThat(entries).isEmpty();
    }
  }

  @Test
  void a_home_that_is_a_file_is_refused() throws IOException {
    Files.writeString(home, "not a home");
    Outcome outcome = console.run("run", "grokking", "--steps", "1");

    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.err()).contains("the home is a file").contains(home.toString());
    assertThat(Files.readString(home)).isEqualTo("not a home");
  }

  @Test
  void a_home_of_a_newer_format_is_refused() throws IOException {
    Files.createDirectory(home);
    Files.writeString(home.resolve("format"), "saltus-home 99\n");

    assertThat(console.run("runs").err()).contains("format 99");
    assertThat(console.run("run", "grokking", "--steps", "1").code()).isEqualTo(2);
  }

  @Test
  void a_directory_with_something_else_is_refused_and_left_alone() throws IOException {
    Files.createDirectory(home);
    Files.writeString(home.resolve("thesis.tex"), "");
    Outcome outcome = console.run("run", "grokking", "--steps", "1");

    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.err()).contains("thesis.tex");
    try (Stream<Path> entries = Files.list(home)) {
      assertThat(entries).hasSize(1);
    }
  }

  @Test
  void a_home_that_is_held_names_who_holds_it() {
    try (HomeLock lock = Home.at(home).lockForWriting("saltus run elsewhere")) {
      Outcome outcome = console.run("run", "grokking", "--steps", "1");

      assertThat(outcome.code()).isEqualTo(1);
      assertThat(outcome.err())
          .contains("process " + ProcessHandle.current().pid())
          .contains("saltus run elsewhere");
      assertThat(lock.home().root()).isEqualTo(home);
    }
  }

  private void assertNothingCreated() throws IOException {
    try (Stream<Path> entries = Files.list(directory)) {
      assertThat(entries).isEmpty();
    }
  }
}
