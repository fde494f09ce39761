package io.saltus.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.saltus.app.cli.Console.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs as files of others. */
class ExportingTest {

  @TempDir Path directory;

  private Console console;

  @BeforeEach
  void aHomeWithTwoRuns() throws IOException {
    console = new Console(directory);
    String spec = Scripted.spec(directory);
    assertThat(console.run("run", spec, "--name", "one").code()).isZero();
    assertThat(console.run("run", spec, "--name", "two", "--seed", "2", "--steps", "50").code())
        .isZero();
  }

  private Outcome export(String... arguments) {
    return console.run(
        Stream.concat(Stream.of("export"), Stream.of(arguments)).toArray(String[]::new));
  }

  @Test
  void csv_is_what_metrics_prints() throws IOException {
    Outcome exported = export("one", "--to", "csv", "--out", "one.csv");
    assertThat(exported.code()).as(exported.err()).isZero();
    assertThat(Files.readString(directory.resolve("one.csv")))
        .isEqualTo(console.run("metrics", "one").out());
  }

  @Test
  void csv_of_several_runs_begins_each_row_with_the_run() {
    Outcome exported = export("one", "two", "--to", "csv", "--out", "-");
    assertThat(exported.code()).isZero();
    assertThat(exported.lines().get(0)).startsWith("run,step,");
    assertThat(exported.lines()).filteredOn(line -> line.startsWith("one,")).hasSize(201);
    assertThat(exported.lines()).filteredOn(line -> line.startsWith("two,")).hasSize(51);
  }

  @Test
  void what_is_there_is_replaced_only_by_force() throws IOException {
    Path file = Files.writeString(directory.resolve("mine.csv"), "mine");
    Outcome refused = export("one", "--to", "csv", "--out", "mine.csv");
    assertThat(refused.code()).isEqualTo(2);
    assertThat(refused.err()).contains("exists already").contains("--force");
    assertThat(file).hasContent("mine");
    assertThat(export("one", "--to", "csv", "--out", "mine.csv", "--force").code()).isZero();
    assertThat(Files.readString(file)).startsWith("step,");
  }

  @Test
  void force_does_not_delete_a_directory_that_holds_something_else() throws IOException {
    Path precious = Files.createDirectories(directory.resolve("work/photos"));
    Files.writeString(precious.resolve("cat.jpg"), "cat");
    for (String format : List.of("parquet", "tensorboard")) {
      Outcome refused = export("one", "--to", format, "--out", "work", "--force");
      assertThat(refused.code()).isEqualTo(2);
      assertThat(refused.err()).contains("something in it that is no export");
    }
    assertThat(precious.resolve("cat.jpg")).hasContent("cat");
  }

  @Test
  void an_export_of_before_is_replaced_by_force() {
    for (String format : List.of("parquet", "tensorboard")) {
      assertThat(export("one", "--to", format, "--out", format).code()).isZero();
      assertThat(export("one", "--to", format, "--out", format).code()).isEqualTo(2);
      Outcome again = export("two", "--to", format, "--out", format, "--force");
      assertThat(again.code()).as(again.err()).isZero();
    }
    assertThat(directory.resolve("tensorboard/one")).doesNotExist();
    assertThat(directory.resolve("tensorboard/two")).isDirectory();
  }

  @Test
  void wrong_input_is_refused_and_leaves_nothing() throws IOException {
    List<String> wrong = new ArrayList<>();
    for (String[] arguments :
        List.of(
            new String[] {"one", "--to", "excel", "--out", "x"},
            new String[] {"none", "--to", "csv", "--out", "x"},
            new String[] {"one", "--to", "csv", "--out", "no/such/x"},
            new String[] {"one", "--to", "csv", "--out", "."},
            new String[] {"one", "--to", "parquet", "--out", "-"})) {
      Outcome refused = export(arguments);
      assertThat(refused.code()).as(String.join(" ", arguments)).isEqualTo(2);
      assertThat(refused.out()).isEmpty();
      wrong.add(refused.err());
    }
    assertThat(wrong.get(0)).contains("'excel' is none of jsonl, csv, parquet, tensorboard");
    try (Stream<Path> left = Files.list(directory)) {
      assertThat(left.map(path -> path.getFileName().toString()))
          .containsExactlyInAnyOrder("scripted.conf", ".saltus");
    }
  }

  @Test
  void parquet_opens_in_duckdb_with_every_value() throws SQLException {
    Outcome exported = export("one", "two", "--to", "parquet", "--out", "tables");
    assertThat(exported.code()).as(exported.err()).isZero();
    List<String> csv = console.run("metrics", "one", "--metric", "train.loss").lines();
    Map<Long, Double> expected = new TreeMap<>();
    csv.stream()
        .skip(1)
        .map(line -> line.split(",", -1))
        .filter(cells -> !cells[1].isEmpty())
        .forEach(
            cells -> expected.put(Long.parseLong(cells[0]), (double) Float.parseFloat(cells[1])));
    try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duck.createStatement()) {
      Map<Long, Double> read = new TreeMap<>();
      try (ResultSet rows =
          statement.executeQuery(
              "SELECT step, value FROM '%s' WHERE run = 'one' AND metric = 'train.loss'"
                  .formatted(directory.resolve("tables/metrics.parquet")))) {
        while (rows.next()) {
          read.put(rows.getLong(1), rows.getDouble(2));
        }
      }
      assertThat(read).isEqualTo(expected);
      try (ResultSet rows =
          statement.executeQuery(
              "SELECT run, status, step, seed FROM '%s' ORDER BY run"
                  .formatted(directory.resolve("tables/runs.parquet")))) {
        assertThat(rows.next()).isTrue();
        assertThat(rows.getString("status")).isEqualTo("completed");
        assertThat(rows.getLong("step")).isEqualTo(200);
        assertThat(rows.next()).isTrue();
        assertThat(rows.getLong("seed")).isEqualTo(2);
      }
    }
    for (String table : List.of("parameters", "events", "jumps")) {
      assertThat(directory.resolve("tables/" + table + ".parquet")).isRegularFile();
    }
  }

  @Test
  void event_files_come_back_as_a_run_with_the_same_values() {
    assertThat(export("one", "two", "--to", "tensorboard", "--out", "board").code()).isZero();
    Outcome imported = console.run("import", "--from", "tensorboard", "board", "--format", "json");
    assertThat(imported.code()).as(imported.err()).isZero();
    assertThat(imported.lines()).hasSize(2);
    String back = ImportingTest.run(imported.lines().get(0));
    assertThat(console.run("metrics", back, "--metric", "train.loss").out())
        .isEqualTo(console.run("metrics", "one", "--metric", "train.loss").out());
    assertThat(imported.lines().get(0))
        .contains("\"origin\":\"tensorboard\"", "\"task.kind\":\"scripted\"");
  }

  @Test
  void json_lines_say_of_what_kind_numbers_are() {
    Outcome exported = export("one", "--to", "jsonl", "--out", "-");
    assertThat(exported.lines().get(0))
        .startsWith("{\"format\":\"saltus-jsonl\",\"version\":1,\"runs\":[\"one\"]");
    assertThat(exported.out()).contains("\"metric\":\"train.loss\",\"kind\":\"f32\"");
    assertThat(exported.lines().get(exported.lines().size() - 1)).startsWith("{\"end\":\"one\"");
  }
}
