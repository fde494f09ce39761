package io.saltus.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.saltus.app.cli.Console.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** JSON Lines are complete: what comes back has the same digest, whatever had happened to it. */
class RoundTripTest {

  @TempDir Path directory;

  /** Runs that were forked, killed, paused, extended, rewound, failed, cancelled. */
  @Test
  void every_run_of_a_recorded_home_comes_back_with_its_digest() throws IOException {
    Console console = Recording.all().get(0).copied(directory);
    List<String> runs = new ArrayList<>();
    List<String> digests = new ArrayList<>();
    for (String line : console.run("runs", "--format", "json").lines()) {
      runs.add(ImportingTest.run(line));
      digests.add(ImportingTest.digest(line));
    }
    assertThat(runs).contains("forked", "flagged", "killed").doesNotHaveDuplicates();
    Outcome exported =
        console.run(
            Stream.concat(
                    Stream.concat(Stream.of("export"), runs.stream()),
                    Stream.of("--to", "jsonl", "--out", "all.jsonl"))
                .toArray(String[]::new));
    assertThat(exported.code()).as(exported.err()).isZero();
    console.variable("SALTUS_HOME", directory.resolve("other").toString());
    Outcome imported = console.run("import", "--from", "jsonl", "all.jsonl", "--format", "json");
    assertThat(imported.code()).as(imported.err()).isZero();
    assertThat(imported.lines().stream().map(ImportingTest::digest)).isEqualTo(digests);
    assertThat(imported.lines()).allMatch(line -> line.contains("\"status\":\"imported\""));
    assertThat(console.run("journal", "check").code()).isZero();
  }

  @Test
  void an_imported_run_is_exported_and_imported_again() throws IOException {
    Console console = new Console(directory);
    Files.writeString(directory.resolve("log.csv"), "step,loss,x\n0,1.5,\n3,NaN,1e-320\n");
    String digest =
        ImportingTest.digest(
            console.run("import", "--from", "csv", "log.csv", "--format", "json").out());
    String run = ImportingTest.run(console.run("runs", "--format", "json").out());
    assertThat(console.run("export", run, "--to", "jsonl", "--out", "log.jsonl").code()).isZero();
    Outcome again = console.run("import", "--from", "jsonl", "log.jsonl", "--format", "json");
    assertThat(again.code()).as(again.err()).isZero();
    assertThat(ImportingTest.digest(again.out())).isEqualTo(digest);
  }

  /** No double holds them, but what reads JSON Lines here reads whole numbers whole. */
  @Test
  void steps_beyond_those_of_doubles_are_taken_as_they_are() throws IOException {
    Console console = new Console(directory);
    Files.writeString(directory.resolve("log.csv"), "step,loss\n0,1.5\n3,0.5\n");
    console.run("import", "--from", "csv", "log.csv");
    String run = ImportingTest.run(console.run("runs", "--format", "json").out());
    assertThat(console.run("export", run, "--to", "jsonl", "--out", "log.jsonl").code()).isZero();
    String last = Long.toString(Long.MAX_VALUE);
    String moved =
        Files.readString(directory.resolve("log.jsonl"))
            .replaceFirst("\"digest\":\"[0-9a-f]*\"", "\"digest\":null")
            .replace("\"from\":0,\"until\":3", "\"from\":9007199254740993,\"until\":" + last)
            .replace("\"steps\":[0,3]", "\"steps\":[9007199254740993," + last + "]");
    Files.writeString(directory.resolve("changed.jsonl"), moved);
    String json =
        console.run("import", "--from", "jsonl", "changed.jsonl", "--format", "json").out();
    String back = ImportingTest.run(json);
    assertThat(console.run("metrics", back).out())
        .isEqualTo("step,loss\n9007199254740993,1.5\n" + last + ",0.5\n");
    assertThat(console.run("export", back, "--to", "jsonl", "--out", "again.jsonl").code())
        .isZero();
    Outcome again = console.run("import", "--from", "jsonl", "again.jsonl", "--format", "json");
    assertThat(ImportingTest.digest(again.out())).isEqualTo(ImportingTest.digest(json));

    Files.writeString(
        directory.resolve("changed.jsonl"), moved.replace(last, "9223372036854775808"));
    refused(console);
  }

  @Test
  void an_export_that_was_cut_or_changed_is_refused_and_nothing_is_imported() throws IOException {
    Console console = new Console(directory);
    assertThat(
            console.run("run", Scripted.spec(directory), "--name", "one", "--steps", "30").code())
        .isZero();
    assertThat(console.run("export", "one", "--to", "jsonl", "--out", "one.jsonl").code()).isZero();
    List<String> lines = Files.readAllLines(directory.resolve("one.jsonl"));
    Path file = directory.resolve("changed.jsonl");
    for (int kept = 0; kept < lines.size(); kept += 4) {
      Files.write(file, lines.subList(0, kept));
      refused(console);
    }
    String frame =
        lines.stream().filter(line -> line.contains("MetricsRecorded")).findFirst().orElseThrow();
    for (String wrong :
        List.of(
            frame.replace("\"kind\":\"f32\"", "\"kind\":\"f99\""),
            frame.replaceFirst("\"steps\":\\[0", "\"steps\":[9"),
            frame.replaceFirst("\"metric\":\"[^\"]*\"", "\"metric\":\"</script>\""),
            frame.replace("\"attempt\":1", "\"attempt\":9"),
            frame.substring(0, frame.length() / 2))) {
      assertThat(wrong).isNotEqualTo(frame);
      Files.write(file, lines.stream().map(each -> each.equals(frame) ? wrong : each).toList());
      refused(console);
    }
    assertThat(console.run("runs", "--format", "json").lines()).hasSize(1);
  }

  @Test
  void words_that_could_not_be_put_on_a_run_here_are_refused() throws IOException {
    Console console = new Console(directory);
    Files.writeString(directory.resolve("log.csv"), "step,loss\n0,1.5\n");
    console.run("import", "--from", "csv", "log.csv");
    String run = ImportingTest.run(console.run("runs", "--format", "json").out());
    assertThat(console.run("export", run, "--to", "jsonl", "--out", "log.jsonl").code()).isZero();
    List<String> lines = Files.readAllLines(directory.resolve("log.jsonl"));
    String whole = String.join("\n", lines) + "\n";
    Path file = directory.resolve("changed.jsonl");
    for (String wrong :
        List.of(
            whole.replace("\"tags\":{}", "\"tags\":{\"k\":\"" + "x".repeat(1_001) + "\"}"),
            whole.replace("\"tags\":{}", "\"tags\":{\"" + "x".repeat(1_001) + "\":\"v\"}"),
            whole.replace("\"tags\":{}", "\"tags\":{" + entries(1_001, 1) + "}"),
            whole.replace("\"note\":null", "\"note\":\"" + "x".repeat(100_001) + "\""),
            whole.replace("\"parameters\":{}", "\"parameters\":{" + entries(1, 16_385) + "}"),
            whole.replace("\"parameters\":{}", "\"parameters\":{" + entries(10_001, 1) + "}"),
            whole.replace("\"cadence\":\"", "\"cadence\":\"" + "x".repeat(200)),
            whole.replace("\"note\":null", "\"note\":\"\\ud83d\""))) {
      assertThat(wrong).isNotEqualTo(whole);
      Files.writeString(file, wrong);
      refused(console);
    }
    Files.writeString(
        file,
        whole
            .replace("\"tags\":{}", "\"tags\":{" + entries(1_000, 1_000) + "}")
            .replace("\"note\":null", "\"note\":\"" + "x".repeat(100_000) + "\""));
    Outcome taken = console.run("import", "--from", "jsonl", "changed.jsonl");
    assertThat(taken.code()).as(taken.err()).isZero();
    assertThat(console.run("runs", "--format", "json").lines()).hasSize(2);
  }

  private static String entries(int count, int length) {
    return IntStream.range(0, count)
        .mapToObj(each -> "\"k" + each + "\":\"" + "x".repeat(length) + "\"")
        .collect(Collectors.joining(","));
  }

  private static void refused(Console console) {
    Outcome refused = console.run("import", "--from", "jsonl", "changed.jsonl");
    assertThat(refused.code()).as(refused.out() + refused.err()).isEqualTo(2);
    assertThat(refused.err()).startsWith("saltus: ").contains("changed.jsonl");
  }
}
