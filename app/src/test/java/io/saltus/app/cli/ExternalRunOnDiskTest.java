package io.saltus.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.saltus.app.Saltus;
import io.saltus.app.Tools;
import io.saltus.app.cli.Console.Outcome;
import io.saltus.app.external.ExternalRun;
import io.saltus.experiment.RunId;
import io.saltus.experiment.event.AttemptEnd;
import io.saltus.experiment.metric.Catalogue;
import io.saltus.experiment.metric.F64Column;
import io.saltus.experiment.metric.MetricFrame;
import io.saltus.experiment.metric.MetricName;
import io.saltus.experiment.metric.Steps;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run of a loop in another language, once its server has ended. */
class ExternalRunOnDiskTest {

  @TempDir Path directory;

  private Console console;
  private String run = "";

  @BeforeEach
  void aRunThatWasTold() throws IOException {
    Path home = Files.createDirectories(directory.resolve("held"));
    console = new Console(directory);
    console.variable("SALTUS_HOME", home.toString());
    try (Saltus holder = Saltus.open(home, Tools.installed())) {
      RunId told =
          holder
              .external()
              .begin(
                  new ExternalRun(
                      "cnn",
                      new TreeMap<>(Map.of("lr", "0.1")),
                      Optional.empty(),
                      new Catalogue(List.of())));
      holder
          .external()
          .record(
              told,
              new MetricFrame(
                  0,
                  7,
                  List.of(
                      new F64Column(
                          new MetricName("loss"), Steps.of(0, 7), new double[] {2.5, 0.5}))))
          .join();
      holder.external().end(told, AttemptEnd.COMPLETED, "").join();
      run = told.value();
    }
  }

  @Test
  void sql_and_exports_have_it_like_others() throws IOException {
    Outcome sql =
        console.run(
            "sql",
            "SELECT r.origin, p.value, m.step, m.value FROM runs r JOIN parameters p USING (run)"
                + " JOIN metrics m USING (run) ORDER BY m.step",
            "--format",
            "csv");
    assertThat(sql.code()).as(sql.err()).isZero();
    assertThat(sql.out()).contains("external,0.1,0,2.5", "external,0.1,7,0.5");
    Outcome csv = console.run("export", run, "--to", "csv", "--out", "-");
    assertThat(csv.code()).as(csv.err()).isZero();
    assertThat(csv.out()).contains("0,2.5", "7,0.5");
    Outcome jsonl = console.run("export", run, "--to", "jsonl", "--out", "told.jsonl");
    assertThat(jsonl.code()).as(jsonl.err()).isZero();
    Outcome again = console.run("import", "--from", "jsonl", "told.jsonl", "--format", "json");
    assertThat(again.code()).as(again.err()).isZero();
    String own = console.run("show", run, "--format", "json").out();
    assertThat(ImportingTest.digest(again.out()))
        .isEqualTo(ImportingTest.digest(own))
        .doesNotContain("null");
  }

  @Test
  void what_would_execute_it_is_refused() {
    for (List<String> arguments :
        List.of(
            List.of("resume", run),
            List.of("fork", run, "--step", "0"),
            List.of("extend", run, "--steps", "100"),
            List.of("verify", run))) {
      Outcome outcome = console.run(arguments.toArray(String[]::new));
      assertThat(outcome.code()).as(arguments + outcome.err()).isEqualTo(2);
      assertThat(outcome.err()).contains("was imported");
    }
  }
}
