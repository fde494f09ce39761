package io.saltus.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.saltus.app.cli.Console.Outcome;
import io.saltus.experiment.metric.MetricName;
import io.saltus.experiment.random.Philox;
import io.saltus.persistence.home.Home;
import io.saltus.persistence.home.HomeLock;
import io.saltus.testkit.Mishap;
import io.saltus.testkit.Script;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run whose validation accuracy jumps at step 300, and what the command line says of it. */
class JumpsTest {

  private static final MetricName VALIDATION = MetricName.accuracyOf("validation");

  /** Of the contract, in its order. */
  private static final List<String> KEYS =
      List.of(
          "run",
          "detector",
          "version",
          "parameters",
          "jumps",
          "metric",
          "kind",
          "axis",
          "onset",
          "midpoint",
          "end",
          "onsetInterval",
          "midpointInterval",
          "endInterval",
          "before",
          "after",
          "delta",
          "deltaInterval",
          "decades",
          "decadesInterval",
          "sharp",
          "censored",
          "sharpness",
          "noise",
          "p",
          "q",
          "bootstrap",
          "replicates",
          "block",
          "seed",
          "delay",
          "evidence",
          "changePoints");

  @TempDir static Path directory;
  private static Console console;
  private static Outcome run;
  private static String spec;

  @BeforeAll
  static void run() throws IOException {
    Path file =
        Files.writeString(
            directory.resolve("scripted.conf"),
            """
            experiment = scripted
            task { kind = scripted }
            model { kind = scripted }
            optimizer { kind = scripted }
            steps = 1500
            evaluate { every = 1 }
            """);
    spec = file.toString();
    console =
        new Console(directory)
            .script(Script.learning().with(VALIDATION, JumpsTest::jumping))
            .variable("SALTUS_HOME", directory.resolve("home").toString());
    run = console.run("run", spec, "--name", "r1", "--format", "json");
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(console.run("run", spec, "--name", "r2", "--seed", "2").code()).isZero();
  }

  /** From 0.02 to 0.98, 10 to 90 % in a fifth of a decade, with a little noise. */
  private static double jumping(long seed, long step) {
    double place = step == 0 ? -9 : Math.log10(step / 300.0) * 4.394 / 0.2;
    double noise = new Philox(seed).unit(step, 1) - 0.5;
    return 0.02 + 0.96 / (1 + StrictMath.exp(-place)) + 0.02 * noise;
  }

  @Test
  void a_jump_is_dated_sized_and_tested_in_json_with_the_keys_of_the_contract() {
    Outcome outcome =
        console.run("jumps", "r1", "--metric", VALIDATION.value(), "--format", "json");

    assertThat(outcome.code()).as(outcome.err()).isZero();
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.out()).hasLineCount(1);
    assertThat(outcome.out())
        .startsWith("{\"run\":\"r1\",\"detector\":\"")
        .contains("\"parameters\":{\"seed\":1,\"replicates\":999,")
        .contains("\"jumps\":[{\"metric\":\"validation.accuracy\",\"kind\":\"")
        .contains("\"axis\":\"step\"")
        .contains("\"sharp\":true,\"censored\":false")
        .contains("\"delay\":null")
        .contains("\"changePoints\":[]");
    assertThat(outcome.out())
        .containsSubsequence(KEYS.stream().map(key -> "\"" + key + "\":").toArray(String[]::new));
    assertThat(number(outcome.out(), "midpoint")).isBetween(290.0, 310.0);
    assertThat(number(outcome.out(), "decades")).isBetween(0.17, 0.23);
    assertThat(number(outcome.out(), "before")).isBetween(0.0, 0.04);
    assertThat(number(outcome.out(), "after")).isBetween(0.96, 1.0);
    assertThat(number(outcome.out(), "q")).isLessThan(0.01);
  }

  private static double number(String json, String key) {
    String jumps = json.substring(json.indexOf("\"jumps\":"));
    return Double.parseDouble(jumps.replaceFirst("(?s).*?\"" + key + "\":([-0-9.eE]+).*", "$1"));
  }

  @Test
  void a_run_ends_with_its_jumps_and_show_has_the_same_ones() {
    assertThat(run.out())
        .contains("\"jumps\":[{\"metric\":\"")
        .contains("\"metric\":\"validation.accuracy\",\"kind\":\"");
    assertThat(console.run("show", "r2").out())
        .containsPattern("jump +step +decades +sharp +q\n")
        .containsPattern("[a-z-]+ of validation\\.accuracy +(29|30|31)[0-9] ");
    assertThat(console.run("runs", "--format", "json").lines())
        .hasSize(2)
        .allMatch(line -> line.contains("\"jumps\":[{\"metric\":"));
  }

  @Test
  void an_analysis_is_journalled_and_another_stands_beside_it() {
    int before = analyses().size();

    assertThat(console.run("jumps", "r1", "--metric", "weight-norm").code()).isZero();

    List<String> after = analyses();
    assertThat(after).hasSize(before + 1);
    assertThat(after.get(0))
        .contains("\"type\":\"AnalysisCompleted\"")
        .contains("\"tested\":[{\"metric\":\"train.accuracy\"");
    assertThat(after.get(before))
        .contains("\"untilStep\":1500")
        .contains("\"parameters\":[{\"name\":\"seed\",\"value\":\"1\"}")
        .contains("\"tested\":[{\"metric\":\"weight-norm\"")
        .doesNotContain("validation.accuracy");
    assertThat(console.run("events", "r1", "--stream", "analysis").out())
        .contains("AnalysisCompleted")
        .contains("steps until 1,500 by ");
    assertThat(console.run("jumps", "r1").code()).isZero();
  }

  private static List<String> analyses() {
    return console.run("events", "r1", "--stream", "analysis", "--format", "json").lines();
  }

  @Test
  void text_fits_eighty_columns_and_says_the_main_things() {
    Outcome outcome = console.run("jumps", "r1", "--metric", VALIDATION.value());

    assertThat(outcome.code()).as(outcome.err()).isZero();
    assertThat(outcome.lines()).allMatch(line -> line.codePointCount(0, line.length()) <= 80);
    assertThat(outcome.out())
        .startsWith("r1: 1 jump, no other changes in 1 metric up to step 1,500")
        .containsPattern("\n[a-z-]+ of validation\\.accuracy at step [0-9]+ \\(95 %: ")
        .contains("decades")
        .contains("sharp: yes")
        .contains(" replicates\n");
  }

  @Test
  void several_runs_are_put_together() {
    Outcome outcome = console.run("jumps", "r1", "r2", "r1", "--metric", VALIDATION.value());

    assertThat(outcome.code()).as(outcome.err()).isZero();
    assertThat(outcome.out())
        .containsPattern("run +jump +step +decades +sharp +q\n")
        .containsPattern("step of its midpoint +runs +least +25 % +median +75 % +greatest\n")
        .contains(" 2/2 ");
    assertThat(
            console
                .run("jumps", "r1", "r2", "--metric", VALIDATION.value(), "--format", "json")
                .lines())
        .hasSize(2)
        .first()
        .asString()
        .startsWith("{\"run\":\"r1\"");
  }

  @Test
  void a_report_is_one_file_that_needs_no_other() throws IOException {
    for (String ending : List.of("html", "svg")) {
      Path file = directory.resolve("report." + ending);
      Outcome outcome =
          console.run(
              "jumps", "r1", "r2", "--metric", VALIDATION.value(), "--report", file.toString());

      assertThat(outcome.code()).as(outcome.err()).isZero();
      assertThat(outcome.err()).contains("the report is in " + file);
      assertThat(Files.readString(file))
          .contains("Jumps of 2 runs", "prefers-color-scheme:dark", "@media print")
          .contains("class=\"band\"", "class=\"fit\"", "class=\"bar\"", "class=\"dot\"")
          .doesNotContain("<script", "href", "src=", "url(", "@import");
      assertThat(console.run("jumps", "r1", "--report", file.toString()))
          .extracting(Outcome::code, Outcome::out)
          .containsExactly(2, "");
      assertThat(directory.resolve("report." + ending + ".unfinished")).doesNotExist();
    }
  }

  @Test
  void what_is_wrong_is_said_before_anything_is_done() {
    int before = analyses().size();
    refused("no run 'nowhere'", "jumps", "nowhere");
    refused(
        "r1 has no metric 'validation.acuracy': --metric. Did you mean validation.accuracy?",
        "jumps",
        "r1",
        "--metric",
        "validation.acuracy");
    refused("cannot be the name of a metric", "jumps", "r1", "--metric", "Validation Accuracy");
    refused("a report is a .html or a .svg file", "jumps", "r1", "--report", "report.pdf");
    refused("there is no such directory", "jumps", "r1", "--report", "nowhere/report.html");
    refused("RUN is missing", "jumps");
    assertThat(analyses()).hasSize(before);
  }

  private static void refused(String what, String... command) {
    Outcome outcome = console.run(command);
    assertThat(outcome.code()).as(outcome.err()).isEqualTo(2);
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.err()).containsIgnoringCase(what);
  }

  @Test
  void a_run_without_steps_has_nothing_to_analyse() throws IOException {
    Path home = directory.resolve("failed");
    Console failing =
        new Console(directory)
            .script(Script.learning().refusingToOpen(new IllegalStateException("no")))
            .variable("SALTUS_HOME", home.toString());
    assertThat(failing.run("run", spec, "--name", "r1").code()).isEqualTo(1);

    Outcome outcome = failing.run("jumps", "r1");

    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.err()).contains("r1 has recorded no steps yet");
    assertThat(failing.run("show", "r1", "--format", "json").out()).contains("\"jumps\":null");
  }

  @Test
  void a_run_that_is_going_on_is_analysed_as_far_as_it_is_and_its_process_journals_it()
      throws Exception {
    CountDownLatch reached = new CountDownLatch(1);
    CountDownLatch released = new CountDownLatch(1);
    Console hanging =
        new Console(directory)
            .script(
                Script.learning()
                    .with(VALIDATION, JumpsTest::jumping)
                    .with(1_400, new Mishap.Hang(reached, released)))
            .variable("SALTUS_HOME", directory.resolve("running").toString());
    CompletableFuture<Outcome> ended =
        CompletableFuture.supplyAsync(() -> hanging.run("run", spec, "--name", "r1"));
    try {
      assertThat(reached.await(1, TimeUnit.MINUTES)).isTrue();
      Outcome outcome = hanging.run("jumps", "r1", "--metric", VALIDATION.value());

      assertThat(outcome.code()).as(outcome.err()).isZero();
      assertThat(outcome.err()).isEmpty();
      assertThat(outcome.out()).startsWith("r1: ").contains(" in 1 metric up to step ");
      assertThat(hanging.run("show", "r1", "--format", "json").out())
          .contains("\"status\":\"running\"")
          .doesNotContain("\"jumps\":null");
    } finally {
      released.countDown();
    }
    assertThat(ended.get(2, TimeUnit.MINUTES).code()).isZero();
  }

  @Test
  void where_the_home_is_held_by_somebody_who_does_not_listen_the_result_is_shown_all_the_same() {
    int before = analyses().size();
    try (HomeLock held = Home.at(directory.resolve("home")).lockForWriting("somebody")) {
      assertThat(held.home()).isNotNull();
      Outcome outcome = console.run("jumps", "r1", "--metric", VALIDATION.value());

      assertThat(outcome.code()).as(outcome.err()).isZero();
      assertThat(outcome.out()).contains("of validation.accuracy at step ");
      assertThat(outcome.err()).contains("warning: the analysis is not in the journal");
    }
    assertThat(analyses()).hasSize(before);
  }

  @Test
  void where_the_home_cannot_be_written_the_result_is_shown_all_the_same() throws IOException {
    Path home = directory.resolve("read-only");
    assertThat(console.run("journal", "copy", "--to", home.toString()).code()).isZero();
    Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("r-xr-xr-x"));
    try {
      assumeFalse(Files.isWritable(home), "this user may write everywhere");
      Outcome outcome =
          console.run("jumps", "r1", "--metric", VALIDATION.value(), "--home", home.toString());

      assertThat(outcome.code()).as(outcome.err()).isZero();
      assertThat(outcome.out()).contains("of validation.accuracy at step ");
      assertThat(outcome.err()).contains("warning: the analysis is not in the journal");
    } finally {
      Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
  }
}
