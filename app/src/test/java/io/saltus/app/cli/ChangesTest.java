package io.saltus.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.saltus.app.cli.Console.Outcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Changes of any file of numbers, from the command line. */
class ChangesTest {

  @TempDir Path directory;
  private Console console;

  @BeforeEach
  void console() {
    console = new Console(directory);
  }

  @Test
  void the_changes_of_a_column_without_a_heading_are_found() {
    Outcome outcome = json(write("a.csv", steps("", "")), "--model", "mean", "--penalty", "2");

    assertThat(outcome.code()).as(outcome.err()).isZero();
    assertThat(outcome.out())
        .startsWith(
            "{\"file\":\"a.csv\",\"column\":\"1\",\"n\":40,\"missing\":0,\"model\":\"mean\","
                + "\"penalty\":2,\"changePoints\":[20],\"changes\":[{\"position\":20,"
                + "\"index\":null,\"interval\":[20,20],\"confidence\":")
        .contains("\"segments\":[{\"from\":0,\"until\":20,\"mean\":0.5,\"sd\":0.5,\"slope\":0},")
        .contains("\"cost\":10,\"penalisedCost\":12,\"noise\":");
  }

  @Test
  void every_column_of_numbers_is_analysed_and_labels_are_passed_over() {
    Outcome outcome =
        json(write("a.csv", "name,x,y\n" + rows(i -> "r" + i + "," + i / 20 * 9 + "," + i % 2)));

    assertThat(outcome.code()).as(outcome.err()).isZero();
    assertThat(outcome.lines()).hasSize(2);
    assertThat(outcome.lines().get(0)).contains("\"column\":\"x\"", "\"changePoints\":[20]");
    assertThat(outcome.lines().get(1)).contains("\"column\":\"y\"", "\"changePoints\":[]");
  }

  @Test
  void an_index_names_the_row_of_each_change() {
    Outcome outcome =
        json(
            write(
                "a.tsv",
                "day\tv\n" + rows(i -> "2026-01-%02d\t%d".formatted(i % 28 + 1, i / 20 * 9))),
            "--index",
            "day",
            "--model",
            "mean");

    assertThat(outcome.out()).contains("\"position\":20,\"index\":\"2026-01-21\"");
    assertThat(outcome.lines()).hasSize(1);
  }

  @Test
  void missing_rows_keep_their_position() {
    String text = "1\n\n1\nNaN\n1\nNA\n1\n1\n\n9\n9\n\n9\n9\n9\n\n";
    Outcome outcome = json(write("a.csv", text), "--model", "mean", "--penalty", "1");

    assertThat(outcome.out())
        .contains("\"n\":16,\"missing\":6", "\"changePoints\":[9]", "\"from\":9,\"until\":16");
  }

  @Test
  void a_quoted_and_a_semicolon_file_with_a_mark_and_windows_lines_are_read() {
    assertThat(
            json(
                    write("a.csv", "\uFEFF\"a, b\";\"c\"\r\n" + rows(i -> i / 20 * 9 + ";1\r")),
                    "--column",
                    "a, b")
                .out())
        .contains("\"column\":\"a, b\"", "\"changePoints\":[20]");
  }

  @Test
  void standard_input_is_a_file() {
    console.typing(steps("", ""));

    Outcome outcome = console.run("changes", "-", "--changes", "1", "--format", "json");

    assertThat(outcome.code()).as(outcome.err()).isZero();
    assertThat(outcome.out())
        .contains("\"file\":\"-\"", "\"penalty\":null", "\"changePoints\":[20]");
  }

  @Test
  void people_see_a_plot_and_a_table_within_eighty_columns() {
    Outcome outcome = console.run("changes", write("a.csv", steps("level\n", "")));

    assertThat(outcome.code()).as(outcome.err()).isZero();
    assertThat(outcome.lines().get(0))
        .isEqualTo("a.csv, level: 1 change of 40 rows (model auto, penalty 29.51)");
    assertThat(outcome.lines()).allMatch(line -> line.codePointCount(0, line.length()) <= 80);
    assertThat(outcome.out()).contains("from  until  index  interval");
  }

  @ParameterizedTest
  @ValueSource(strings = {"5\n", "x\n5\n", "3\n3\n3\n3\n", "\n1\n", "1,\n1,\n1,\n"})
  void one_row_equal_values_and_blanks_are_valid_and_have_no_change(String text) {
    Outcome outcome = json(write("a.csv", text));

    assertThat(outcome.code()).as(outcome.err()).isZero();
    assertThat(outcome.out()).contains("\"changePoints\":[]");
  }

  @Test
  void several_files_are_analysed_though_one_is_wrong() {
    write("a.csv", steps("", ""));
    write("b.csv", "");
    write("c.csv", steps("", ""));

    Outcome outcome = console.run("changes", "a.csv", "b.csv", "c.csv", "--format", "json");

    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.lines()).hasSize(2);
    assertThat(outcome.err())
        .isEqualTo("saltus: there is nothing in it: b.csv. Give a file with a number per row.\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "x;y@1;2@a;3|'a' in column x is no number: a.csv:3:1",
        "1@2@abc@4|'abc' in column 1 is no number: a.csv:3:1",
        "x,y@1,2@3|a row of 1 fields among rows of 2: a.csv:3",
        "x,y@1,2@3,4,5|a row of 3 fields among rows of 2: a.csv:3",
        "x,y|there is a heading and no row in it: a.csv",
        "x@NaN@@NA|there is no number in it: a.csv, column x",
        "1@inf@2|'inf' in column 1 is not finite: a.csv:2:1",
        "1@1e999@2|'1e999' in column 1 is not finite: a.csv:2:1",
      })
  void what_is_wrong_in_a_file_is_named_with_its_place(String text, String said) {
    Outcome outcome = console.run("changes", write("a.csv", text.replace('@', '\n') + "\n"));

    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.err()).contains(said);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--column leve|a.csv has no column 'leve'|Did you mean level?",
        "--index day|a.csv has no column 'day'|It has level.",
        "--model men|'men' is none of auto, mean, mean-variance, slope, distribution|Did you mean mean?",
        "--penalty -1|'-1' is no penalty|0 or more",
        "--penalty NaN|'NaN' is no penalty|0 or more",
        "--changes 40|40 changes need|and there are 40",
        "--changes -1|'-1' is not a whole number|from 0",
        "--min-length 0|'0' is not a whole number|",
        "--changes 1 --penalty 2|exclude each other|Give one of them",
      })
  void options_that_cannot_be_are_refused(String options, String said, String advice) {
    String[] command =
        ("changes " + write("a.csv", steps("level\n", "")) + " " + options).split(" ", -1);

    Outcome outcome = console.run(command);

    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.err()).contains(said).contains(advice == null ? "" : advice);
  }

  @Test
  void a_directory_and_a_file_that_is_not_there_are_refused() {
    assertThat(console.run("changes", ".").err()).contains("this is a directory: .");
    assertThat(console.run("changes", "no.csv").err()).contains("there is no such file: no.csv");
  }

  private Outcome json(String file, String... options) {
    String[] command = new String[4 + options.length];
    command[0] = "changes";
    command[1] = file;
    command[2] = "--format";
    command[3] = "json";
    System.arraycopy(options, 0, command, 4, options.length);
    return console.run(command);
  }

  private String write(String name, String text) {
    try {
      Files.writeString(directory.resolve(name), text);
      return name;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Twenty rows between 0 and 1, twenty between 9 and 10. */
  private static String steps(String heading, String end) {
    return heading + rows(i -> Integer.toString(i / 20 * 9 + i % 2)) + end;
  }

  private static String rows(IntFunction<String> row) {
    return IntStream.range(0, 40)
        .mapToObj(row)
        .map(text -> text + "\n")
        .collect(Collectors.joining());
  }
}
