package io.saltus.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.saltus.app.cli.Console.Outcome;
import io.saltus.experiment.metric.MetricName;
import io.saltus.experiment.session.SessionException;
import io.saltus.testkit.Script;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs of a scripted program, from the command line to the journal and back. */
class RunningTest {

  @TempDir Path directory;
  private Console console;

  @BeforeEach
  void open() throws IOException {
    Files.writeString(
        directory.resolve("scripted.conf"),
        """
        experiment = scripted
        title = "A rehearsal"
        task { kind = scripted }
        model { kind = scripted }
        optimizer { kind = scripted }
        steps = 200
        evaluate { every = 10 }
        """);
    console = new Console(directory);
  }

  private Outcome run(String... further) {
    List<String> arguments = new ArrayList<>(List.of("run", spec()));
    arguments.addAll(List.of(further));
    return console.run(arguments.toArray(String[]::new));
  }

  private String spec() {
    return directory.resolve("scripted.conf").toString();
  }

  @Test
  void a_run_in_json_is_one_object_with_the_keys_of_the_contract() throws IOException {
    Outcome outcome = run("--format", "json", "--tag", "why=test", "--note", "first");

    assertThat(outcome.code()).as(outcome.err()).isZero();
    assertThat(outcome.out()).hasLineCount(1);
    assertThat(keys(outcome.out()))
        .containsSubsequence(
            "run",
            "experiment",
            "status",
            "step",
            "steps",
            "seed",
            "device",
            "attempts",
            "exact",
            "exactReason",
            "digest",
            "events",
            "lastSequence",
            "metrics",
            "crossings",
            "jumps",
            "checkpoints",
            "parent",
            "tags",
            "error");
    assertThat(outcome.out())
        .contains("\"run\":\"scripted-20261123-")
        .contains("\"status\":\"completed\",\"step\":200,\"steps\":200,\"seed\":1")
        .contains("\"device\":\"cpu:0\",\"attempts\":1,\"exact\":true,\"exactReason\":null")
        .contains("{\"metric\":\"train.accuracy\",\"level\":0.5,\"step\":50}")
        .contains("\"jumps\":[")
        .contains("\"parent\":null,\"tags\":{\"why\":\"test\"}")
        .contains("\"error\":null");
    assertThat(outcome.out()).containsPattern("\"digest\":\"[0-9a-f]{64}\"");
  }

  @Test
  void a_run_in_text_ends_with_summary_crossings_and_picture() {
    Outcome outcome = run("--name", "r1");

    assertThat(outcome.lines().get(0)).isEqualTo("r1: completed at step 200 of 200");
    assertThat(outcome.out())
        .contains("experiment  scripted: A rehearsal")
        .contains("train.accuracy           50   90    99")
        .contains("⠒⠒ train.accuracy   ▀▀ validation.accuracy");
    assertThat(outcome.lines()).allMatch(line -> line.codePointCount(0, line.length()) <= 80);
    assertThat(outcome.err()).isEqualTo("saltus: r1: 200 steps at most, seed 1\n");
  }

  @Test
  void show_replay_and_the_run_itself_say_the_same() {
    String own = run("--name", "r1", "--format", "json").out();

    assertThat(console.run("show", "@last", "--format", "json").out()).isEqualTo(own);
    assertThat(console.run("replay", "r1", "--format", "json").out()).isEqualTo(own);
    assertThat(console.run("runs", "--format", "json").out()).isEqualTo(own);
  }

  @Test
  void a_replay_ends_inside_a_frame_where_it_was_told_to() {
    run("--name", "r1");

    assertThat(console.run("replay", "r1", "--until-step", "77", "--format", "json").out())
        .contains("\"step\":77")
        .contains("\"train.loss\":{")
        .contains("\"count\":77}");
    assertThat(console.run("replay", "r1", "--until-seq", "1", "--format", "json").out())
        .contains("\"status\":\"queued\",\"step\":0")
        .contains("\"digest\":null");
    Outcome beyond = console.run("replay", "r1", "--until-step", "201");
    assertThat(beyond.code()).isEqualTo(2);
    assertThat(beyond.err())
        .isEqualTo(
            "saltus: r1 has recorded steps 0 to 200: --until-step 201. Give one of these.\n");
  }

  @Test
  void events_come_in_order_and_a_range_includes_both_ends() {
    run("--name", "r1");
    List<String> all = console.run("events", "r1", "--format", "json").lines();

    assertThat(all.get(0))
        .startsWith("{\"run\":\"r1\",\"sequence\":1,\"offset\":1,\"time\":\"")
        .contains("\"type\":\"RunSubmitted\",\"attempt\":null,\"data\":{\"run\":\"r1\"");
    assertThat(all.get(all.size() - 1)).contains("\"type\":\"RunCompleted\",\"attempt\":1,");
    assertThat(
            console
                .run("events", "r1", "--from-seq", "2", "--until-seq", "3", "--format", "json")
                .lines())
        .isEqualTo(all.subList(1, 3));
    assertThat(console.run("events", "r1", "--follow", "--format", "json").lines()).isEqualTo(all);
  }

  @Test
  void metrics_are_columns_in_the_order_asked_and_empty_where_nothing_was_recorded() {
    run("--name", "r1");
    List<String> rows =
        console
            .run(
                "metrics",
                "r1",
                "--metric",
                "validation.accuracy",
                "--metric",
                "train.accuracy",
                "--until",
                "10")
            .lines();

    assertThat(rows.get(0)).isEqualTo("step,validation.accuracy,train.accuracy");
    assertThat(rows).hasSize(12).contains("0,0,", "1,,0.01", "10,0.01,0.1");
    assertThat(
            console
                .run(
                    "metrics",
                    "r1",
                    "--metric",
                    "train.accuracy",
                    "--from",
                    "9",
                    "--until",
                    "10",
                    "--format",
                    "json")
                .out())
        .isEqualTo(
            "{\"run\":\"r1\",\"metric\":\"train.accuracy\",\"steps\":[9,10],\"values\":[0.09,0.1]}\n");
    assertThat(console.run("metrics", "r1", "--attempt", "1").out())
        .isEqualTo(console.run("metrics", "r1").out());
  }

  @Test
  void fewer_points_keep_the_spike_of_one_step() {
    console.script(
        Script.learning()
            .with(new MetricName("train.loss"), (seed, step) -> step == 137 ? 99.5 : 1));
    run("--name", "r1");
    List<String> rows =
        console.run("metrics", "r1", "--metric", "train.loss", "--points", "8").lines();

    assertThat(rows).hasSizeLessThanOrEqualTo(9).contains("137,99.5", "1,1", "200,1");
  }

  @Test
  void fewer_than_four_points_cannot_hold_a_stretch() {
    console.script(
        Script.learning()
            .with(
                new MetricName("train.loss"),
                (seed, step) -> step == 50 ? 9 : step == 60 ? -9 : 1));
    run("--name", "r1");
    Outcome outcome = console.run("metrics", "r1", "--points", "3");

    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.err())
        .isEqualTo(
            "saltus: '3' is not a whole number, from 4 to 2147483647: --points. Give one of these.\n");
    assertThat(console.run("metrics", "r1", "--metric", "train.loss", "--points", "4").lines())
        .containsExactly("step,train.loss", "1,1", "50,9", "60,-9", "200,1");
  }

  @Test
  void small_numbers_are_written_in_their_shortest_form_everywhere() throws IOException {
    Files.writeString(
        Path.of(spec()),
        "until = [ { metric = train.loss, at-most = 1e-9 } ]\n",
        StandardOpenOption.APPEND);
    console.script(
        Script.learning()
            .with(new MetricName("train.loss"), (seed, step) -> step == 30 ? 1e-10 : 1));
    String text = run("--name", "r1").out();
    String events = console.run("events", "r1", "--format", "json").out();
    String lines = console.run("events", "r1").out();

    assertThat(text).contains("until train.loss ≤ 1e-9 was met");
    assertThat(events).contains("\"at-most\":1e-9");
    assertThat(lines).contains("step 30, rule train.loss ≤ 1e-9\n");
    assertThat(text + events + lines).doesNotContain("E-");
  }

  @Test
  void a_metric_that_is_unknown_comes_with_the_nearest_known_one() {
    run("--name", "r1");
    Outcome outcome = console.run("metrics", "r1", "--metric", "train.los");

    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.err())
        .startsWith("saltus: unknown metric 'train.los': --metric. Did you mean train.loss");
  }

  @Test
  void a_value_that_is_not_finite_fails_the_run_and_is_text_in_json() {
    console.script(
        Script.learning()
            .with(new MetricName("train.loss"), (seed, step) -> step == 30 ? Double.NaN : 1));
    Outcome outcome = run("--name", "r1", "--format", "json");

    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.out())
        .contains("\"status\":\"failed\",\"step\":30")
        .contains("\"last\":\"NaN\"")
        .contains("\"error\":{\"cause\":\"non-finite\",\"message\":\"")
        .contains("\"step\":30}");
    assertThat(outcome.err()).contains("saltus: the run failed at step 30: non-finite");
  }

  @Test
  void a_session_that_cannot_be_opened_fails_the_run_without_a_trace() {
    console.script(Script.learning().refusingToOpen(new SessionException("no such device here")));
    Outcome outcome = run("--name", "r1");

    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.err()).contains("no such device here").doesNotContain("\tat ");
  }

  @Test
  void people_can_tag_note_rename_and_archive() {
    run("--name", "r1");

    assertThat(console.run("tag", "r1", "a=1", "b=2").out()).isEqualTo("r1  tags: a=1 b=2\n");
    assertThat(console.run("tag", "r1", "--remove", "a").out()).isEqualTo("r1  tags: b=2\n");
    assertThat(console.run("note", "r1", "a\u001b[2Jb").out())
        .isEqualTo("r1  tags: b=2  note: a\\x1b[2Jb\n");
    assertThat(console.run("rename", "r1", "The first").out()).contains("name: The first");
    assertThat(console.run("archive", "r1", "--format", "json").out())
        .contains("\"archived\":true");
    assertThat(console.run("runs").out()).isEmpty();
    assertThat(console.run("runs", "--format", "json", "--tag", "b=2").lines()).hasSize(1);
    assertThat(console.run("show", "The first").code()).isEqualTo(2);
  }

  @Test
  void runs_are_filtered_and_sorted() {
    run("--name", "b", "--steps", "20");
    run("--name", "a", "--steps", "30");

    assertThat(names(console.run("runs"))).containsExactly("b", "a");
    assertThat(names(console.run("runs", "--sort", "run"))).containsExactly("a", "b");
    assertThat(names(console.run("runs", "--sort", "train.accuracy"))).containsExactly("b", "a");
    assertThat(names(console.run("runs", "--status", "failed"))).isEmpty();
    assertThat(names(console.run("runs", "--experiment", "scripted"))).hasSize(2);
    assertThat(console.run("runs", "--status", "done").code()).isEqualTo(2);
  }

  @Test
  void the_same_seed_gives_the_same_digest_and_another_one_another() {
    String first = digest(run("--format", "json"));

    assertThat(digest(run("--format", "json"))).isEqualTo(first);
    assertThat(digest(run("--format", "json", "--seed", "2"))).isNotEqualTo(first);
  }

  @Test
  void the_journal_can_be_checked_measured_and_copied() {
    run("--name", "r1");
    Path copy = directory.resolve("copy");

    assertThat(console.run("journal", "check").out()).startsWith("sound: ");
    assertThat(console.run("journal", "stats", "--format", "json").out())
        .contains("\"stream\":\"run|r1\"");
    assertThat(console.run("journal", "copy", "--to", copy.toString()).code()).isZero();
    assertThat(console.run("--home", copy.toString(), "show", "r1", "--format", "json").out())
        .isEqualTo(console.run("show", "r1", "--format", "json").out());
    assertThat(console.run("journal", "copy", "--to", copy.toString()).code()).isEqualTo(2);
  }

  @Test
  void on_a_terminal_progress_is_drawn_on_standard_error_only() {
    Outcome outcome = console.onTerminal().variable("NO_COLOR", "1").run("run", spec());

    assertThat(outcome.err()).contains("\r\u001b[K");
    assertThat(outcome.out()).doesNotContain("\u001b");
  }

  private static List<String> names(Outcome outcome) {
    return outcome.lines().stream().skip(1).map(line -> line.replaceFirst(" .*", "")).toList();
  }

  private static String digest(Outcome outcome) {
    return outcome.out().replaceFirst("(?s).*\"digest\":\"([0-9a-f]{64})\".*", "$1");
  }

  private static List<String> keys(String object) throws IOException {
    List<String> keys = new ArrayList<>();
    try (JsonParser parser = new JsonFactory().createParser(object)) {
      parser.nextToken();
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        keys.add(parser.currentName());
        parser.nextToken();
        parser.skipChildren();
      }
    }
    return keys;
  }
}
