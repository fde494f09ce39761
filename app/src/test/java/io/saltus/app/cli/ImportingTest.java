package io.saltus.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.saltus.app.Saltus;
import io.saltus.app.Tools;
import io.saltus.app.cli.Console.Outcome;
import io.saltus.experiment.RunId;
import io.saltus.experiment.event.RunEvent.ImportOrigin;
import io.saltus.experiment.event.RunEvent.RunImported;
import io.saltus.experiment.metric.Catalogue;
import io.saltus.experiment.metric.ColumnKind;
import io.saltus.experiment.metric.F64Column;
import io.saltus.experiment.metric.MetricDescriptor;
import io.saltus.experiment.metric.MetricFrame;
import io.saltus.experiment.metric.MetricName;
import io.saltus.experiment.metric.Steps;
import io.saltus.experiment.provenance.CodeProvenance;
import io.saltus.persistence.home.Home;
import io.saltus.persistence.home.HomeLock;
import io.saltus.persistence.rocks.RocksStore;
import io.saltus.persistence.rocks.StoreOptions;
import io.saltus.persistence.runs.ImportedRunWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Logs of other programs as runs. */
class ImportingTest {

  @TempDir Path directory;

  private Console console;

  @BeforeEach
  void anEmptyHome() {
    console = new Console(directory);
  }

  static String run(String json) {
    return json.replaceFirst("(?s)^.*?\"run\":\"([^\"]*)\".*$", "$1");
  }

  static String digest(String json) {
    return json.replaceFirst("(?s)^.*?\"digest\":(\"[0-9a-f]*\"|null).*$", "$1");
  }

  private Outcome csv(String content, String... more) throws IOException {
    Files.writeString(directory.resolve("my log.csv"), content);
    return console.run(
        Stream.concat(Stream.of("import", "--from", "csv", "my log.csv"), Stream.of(more))
            .toArray(String[]::new));
  }

  private String imported(String content, String... more) throws IOException {
    Outcome outcome =
        csv(
            content,
            Stream.concat(Stream.of(more), Stream.of("--format", "json")).toArray(String[]::new));
    assertThat(outcome.code()).as(outcome.err()).isZero();
    return outcome.out();
  }

  @Test
  void one_that_was_broken_off_by_a_crash_says_that_it_is_not_all() throws IOException {
    String whole = imported("step,loss\n0,2.5\n1,0.5\n");
    assertThat(whole).contains("\"open\":false");
    Path home = directory.resolve(".saltus");
    RunId broken = new RunId("broken");
    try (HomeLock lock = Home.at(home).lockForWriting("test");
        RocksStore store =
            RocksStore.open(lock.home().journal(), StoreOptions.defaults(), Clock.systemUTC())) {
      ImportedRunWriter writer =
          ImportedRunWriter.begin(
              store,
              Clock.systemUTC(),
              new RunImported(
                  broken,
                  "log",
                  ImportOrigin.CSV,
                  new TreeMap<>(),
                  Optional.empty(),
                  new CodeProvenance("test", Optional.empty(), false, Optional.empty())),
              Optional.empty());
      MetricName loss = new MetricName("loss");
      writer.start(
          new Catalogue(
              List.of(new MetricDescriptor(loss, "", ColumnKind.F64, 1, "", "", true, false))));
      writer.add(
          new MetricFrame(0, 0, List.of(new F64Column(loss, Steps.of(0), new double[] {2.5}))));
      writer.flush();
    }

    assertThat(console.run("show", "broken").out())
        .contains("csv, not all of it: the import is under way, or was broken off");
    assertThat(console.run("show", "broken", "--format", "json").out()).contains("\"open\":true");
    assertThat(console.run("delete", "broken", "--yes").code()).isZero();
  }

  @Test
  void a_csv_becomes_a_run_of_its_own_kind() throws IOException {
    String json = imported("step,Train/Loss,val acc\n0,2.5,0.1\n10,0.5,\n20,NaN,0.95\n");
    assertThat(json)
        .contains(
            "\"experiment\":\"my-log\"",
            "\"status\":\"imported\"",
            "\"step\":20,\"steps\":20",
            "\"seed\":null,\"device\":null",
            "\"exact\":null",
            "\"spec\":null",
            "\"origin\":\"csv\"");
    assertThat(console.run("metrics", run(json)).out())
        .isEqualTo("step,train.loss,val-acc\n0,2.5,0.1\n10,0.5,\n20,NaN,0.95\n");
    assertThat(console.run("show", run(json)).out()).contains("imported at step 20", "csv");
    assertThat(console.run("runs").out()).contains("imported");
    assertThat(console.run("events", run(json)).out())
        .contains("RunImported", "AttemptStarted", "MetricsRecorded", "AttemptEnded");
    assertThat(console.run("replay", run(json), "--format", "json").out()).isEqualTo(json);
    assertThat(console.run("journal", "check").code()).isZero();
  }

  @Test
  void steps_may_stand_anywhere_and_in_any_order() throws IOException {
    String json = imported("loss;epoch\n3;2\n1;0\n2;1\n9;1\n");
    assertThat(console.run("metrics", run(json)).out()).isEqualTo("step,loss\n0,1\n1,9\n2,3\n");
    json = imported("a,n\n3,5\n4,7\n", "--step", "n");
    assertThat(console.run("metrics", run(json)).out()).isEqualTo("step,a\n5,3\n7,4\n");
    Outcome counted = csv("a\n3\n4\n");
    assertThat(counted.err()).contains("rows count as steps");
  }

  @Test
  void a_column_of_runs_tells_several_apart() throws IOException {
    String json = imported("run,step,loss\nx,0,1\ny,0,5\nx,1,2\n");
    assertThat(json.lines()).hasSize(2);
    assertThat(json.lines().toList().get(0)).contains("\"displayName\":\"x\"", "\"last\":2,");
    assertThat(json.lines().toList().get(1)).contains("\"displayName\":\"y\"", "\"last\":5,");
  }

  @Test
  void wrong_files_are_refused_with_their_place() throws IOException {
    assertThat(csv("").err()).contains("there is nothing in it");
    assertThat(csv("1,2\n3,4\n").err()).contains("no heading");
    assertThat(csv("step,a\n0,1\n1,x\n").err()).contains("'x' in column a", ":3:2");
    assertThat(csv("step,a\n0,x\n1,1\n").err()).contains("'x' in column a", ":2:2");
    assertThat(csv("step,a\n0.5,1\n").err()).contains("'0.5' is no step", ":2:1");
    assertThat(csv("step,a\n-1,1\n").err()).contains("'-1' is no step");
    assertThat(csv("step,a\n0,1,2\n").err()).contains("a row of 3 fields among rows of 2", ":2");
    assertThat(csv("step,a\n0,1e999\n1,1\n").err()).contains("'1e999'");
    assertThat(csv("step,a\n0,\n").err()).contains("no column holds numbers");
    assertThat(csv("step,a\n0,1\n", "--step", "stpe").err()).contains("no column 'stpe'");
    assertThat(console.run("import", "--from", "csv", "none.csv").err())
        .contains("there is no such file");
    assertThat(console.run("import", "--from", "wandb", "x").code()).isEqualTo(2);
    assertThat(console.run("import", "--from", "csv", ".").err()).contains("this is no file");
    assertThat(console.run("import", "--from", "tensorboard", ".").err())
        .contains("there are no scalars in it");
    assertThat(directory.resolve(".saltus")).doesNotExist();
  }

  @Test
  void a_bomb_is_refused_where_it_begins_to_be_one() throws IOException {
    Path file = directory.resolve("bomb.csv.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write("step,a\n".getBytes(StandardCharsets.US_ASCII));
      byte[] blank = new byte[1 << 20];
      Arrays.fill(blank, (byte) '\n');
      for (int i = 0; i < 128; i++) {
        out.write(blank);
      }
    }
    Outcome refused = console.run("import", "--from", "csv", "bomb.csv.gz");
    assertThat(refused.code()).isEqualTo(2);
    assertThat(refused.err()).contains("unpacks to more than");
  }

  @Test
  void a_compressed_csv_is_unpacked() throws IOException {
    try (OutputStream out =
        new GZIPOutputStream(Files.newOutputStream(directory.resolve("small.csv.gz")))) {
      out.write("step,a\n0,1\n".getBytes(StandardCharsets.US_ASCII));
    }
    Outcome outcome = console.run("import", "--from", "csv", "small.csv.gz", "--format", "json");
    assertThat(outcome.code()).as(outcome.err()).isZero();
    assertThat(outcome.out()).contains("\"experiment\":\"small\"");
  }

  @Test
  void what_would_execute_something_is_refused() throws IOException {
    String run = run(imported("step,loss\n0,1\n50,0.5\n"));
    List<List<String>> refused =
        List.of(
            List.of("resume", run),
            List.of("fork", run, "--step", "0"),
            List.of("extend", run, "--steps", "100"),
            List.of("verify", run),
            List.of("probe", run, "--metric", "weight-norm"),
            List.of("pause", run),
            List.of("cancel", run));
    for (List<String> arguments : refused) {
      Outcome outcome = console.run(arguments.toArray(String[]::new));
      assertThat(outcome.code()).as(arguments + outcome.err()).isEqualTo(2);
      assertThat(outcome.err()).contains("was imported");
    }
    assertThat(console.run("resume", "--all").err()).contains("nothing to resume");
    assertThat(console.run("show", "@last").code()).isEqualTo(2);
  }

  @Test
  void what_only_speaks_of_a_run_works() throws IOException {
    StringBuilder log = new StringBuilder("step,loss\n");
    for (int step = 0; step < 400; step++) {
      log.append(step).append(',').append((step < 200 ? 2.0 : 0.1) + (step * 7919 % 13) * 0.001);
      log.append('\n');
    }
    String run = run(imported(log.toString()));
    assertThat(console.run("tag", run, "from=elsewhere").code()).isZero();
    assertThat(console.run("note", run, "an old log").code()).isZero();
    Outcome jumps = console.run("jumps", run, "--format", "json");
    assertThat(jumps.code()).as(jumps.err()).isZero();
    assertThat(jumps.out()).contains("\"metric\":\"loss\"");
    assertThat(console.run("show", run).out()).contains("an old log");
    String other = run(imported("step,loss\n0,1\n"));
    assertThat(console.run("compare", run, other).code()).isZero();
    assertThat(
            console
                .run("runs", "--where", "status:imported AND tag.from:*", "--format", "json")
                .lines())
        .hasSize(1);
    assertThat(console.run("archive", run).code()).isZero();
    assertThat(console.run("delete", run, "--yes").code()).isZero();
    assertThat(console.run("show", run).code()).isEqualTo(2);
  }

  @Test
  void names_in_a_log_reach_no_terminal_no_page_and_no_path() throws IOException {
    String hostile = "</script>\u001b[31m\u202e/../../x";
    StringBuilder log = new StringBuilder("run,step,\"loss" + hostile + "\"\n");
    for (int step = 0; step < 400; step++) {
      double value = (step < 200 ? 2.0 : 0.1) + (step * 7919 % 13) * 0.001;
      log.append('"').append(hostile).append("\",").append(step).append(',').append(value);
      log.append('\n');
    }
    String run = run(imported(log.toString()));
    assertThat(run).matches("[a-z0-9][a-z0-9._-]*");
    String metric = "loss-.script-31m-.......x";
    for (Outcome outcome :
        List.of(
            console.run("show", run),
            console.run("runs"),
            console.run("metrics", run),
            console.run("events", run),
            console.run("jumps", run, "--metric", metric, "--report", "report.html"),
            console.run("sql", "SELECT * FROM runs"),
            console.run("export", run, "--to", "csv", "--out", "-"))) {
      assertThat(outcome.code()).as(outcome.err()).isZero();
      assertThat(outcome.out()).doesNotContain("\u001b", "\u202e");
    }
    assertThat(Files.readString(directory.resolve("report.html")))
        .contains(metric)
        .doesNotContain("</script>", "\u001b", "\u202e");
  }

  @Test
  void the_process_that_holds_the_home_imports() throws IOException {
    Path home = Files.createDirectories(directory.resolve("held"));
    console.variable("SALTUS_HOME", home.toString());
    try (Saltus holder = Saltus.open(home, Tools.installed())) {
      assertThat(holder).isNotNull();
      String json = imported("step,loss\n0,1\n");
      assertThat(json).contains("\"status\":\"imported\"");
    }
  }
}
