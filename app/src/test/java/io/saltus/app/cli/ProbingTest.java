package io.saltus.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.saltus.app.Programs;
import io.saltus.app.cli.Console.Outcome;
import io.saltus.experiment.session.Program;
import io.saltus.experiment.session.SessionRequest;
import io.saltus.experiment.session.TrainingSession;
import io.saltus.experiment.spec.ComponentSchema;
import io.saltus.experiment.spec.ExperimentSpec;
import io.saltus.experiment.spec.SpecProblem;
import io.saltus.experiment.spec.SpecReader;
import io.saltus.experiment.spec.SpecReading;
import io.saltus.experiment.spec.SpecSetting;
import io.saltus.tf.program.BuiltInProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Measuring what nobody thought of measuring, in a run of the built-in program. */
class ProbingTest {

  @TempDir static Path directory;
  private static Console console;

  @BeforeAll
  static void run() throws IOException {
    Path file = directory.resolve("small.conf");
    Files.writeString(
        file,
        """
        include "grokking"
        experiment = small
        task { modulus = 7 }
        model { width = 8 }
        batch-size = 8
        steps = 60
        until = null
        checkpoint { every = "20 steps", keep-last = 3 }
        """);
    console =
        new Console(directory)
            .programs(Programs.installed())
            .variable("SALTUS_HOME", directory.resolve("home").toString());
    Outcome run = console.run("run", file.toString(), "--name", "r1");
    assertThat(run.code()).as(run.err()).isZero();
  }

  @Test
  void a_window_is_probed_and_the_run_stays_the_same_run() {
    String before = console.run("show", "r1", "--format", "json").out();

    Outcome probed =
        console.run(
            "probe",
            "r1",
            "--from",
            "25",
            "--until",
            "50",
            "--metric",
            "weight-norm.readout.weights",
            "--metric",
            "logit-margin.validation",
            "--metric",
            "weight-histogram.readout.weights");

    assertThat(probed.code()).as(probed.err()).isZero();
    assertThat(probed.lines())
        .hasSize(3)
        .anySatisfy(line -> assertThat(line).startsWith("weight-norm.readout.weights: 26 values"))
        .anySatisfy(line -> assertThat(line).contains(": 26 histograms of 100 bins"));
    assertThat(console.run("show", "r1", "--format", "json").out()).isEqualTo(before);
  }

  @Test
  void what_was_probed_is_journalled_beside_the_run_and_read_as_a_metric() {
    Outcome probed =
        console.run(
            "probe",
            "r1",
            "--from",
            "0",
            "--until",
            "3",
            "--metric",
            "gradient-norm.readout.weights",
            "--metric",
            "weight-norm.readout.weights",
            "--format",
            "json");

    assertThat(probed.code()).as(probed.err()).isZero();
    assertThat(probed.lines())
        .hasSize(2)
        .first()
        .asString()
        .startsWith(
            "{\"run\":\"r1\",\"metric\":\"gradient-norm.readout.weights\",\"kind\":\"f64\",\"steps\":[1,2,3],"
                + "\"values\":[");
    assertThat(console.run("events", "r1", "--stream", "probe").out()).contains("ProbeRecorded");
    List<String> table =
        console
            .run(
                "metrics",
                "r1",
                "--metric",
                "weight-norm.readout.weights",
                "--metric",
                "train.loss",
                "--until",
                "3")
            .lines();
    assertThat(table).hasSize(5).first().isEqualTo("step,weight-norm.readout.weights,train.loss");
    assertThat(table.get(1)).matches("0,[0-9.]+,");
    assertThat(table.get(4)).matches("3,[0-9.]+,[0-9.]+");
  }

  @Test
  void the_same_window_gives_the_same_values_again() {
    String[] command = {
      "probe",
      "r1",
      "--from",
      "41",
      "--until",
      "60",
      "--metric",
      "weight-norm.readout.weights",
      "--format",
      "json"
    };

    Outcome first = console.run(command);
    Outcome second = console.run(command);

    assertThat(first.code()).as(first.err()).isZero();
    assertThat(second.out()).isEqualTo(first.out());
  }

  @Test
  void an_unknown_metric_is_refused_with_the_nearest_and_all_known_ones() {
    Outcome outcome = console.run("probe", "r1", "--metric", "weight-norm.readout.weihgts");

    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.err())
        .contains("no metric weight-norm.readout.weihgts can be probed in this run")
        .contains("did you mean weight-norm.readout.weights?")
        .contains("Known: ");
  }

  @Test
  void without_a_metric_all_that_can_be_probed_is_listed() {
    Outcome outcome = console.run("probe", "r1");

    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.err()).contains("no metric is named").contains("fourier-power.");
  }

  @Test
  void steps_beyond_the_run_are_refused() {
    Outcome outcome =
        console.run("probe", "r1", "--until", "61", "--metric", "weight-norm.readout.weights");

    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.err()).contains("r1 has recorded steps up to 60").contains("--until 61");
  }

  @Test
  void a_vector_is_no_series_of_numbers() {
    String metric =
        console.run("probe", "r1").err().replaceAll("(?s).*(fourier-power\\.[a-z.]+).*", "$1");
    assertThat(console.run("probe", "r1", "--from", "60", "--metric", metric).out())
        .contains("1 vectors of ");

    Outcome outcome = console.run("metrics", "r1", "--metric", metric);

    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.err()).contains("has no single numbers").contains("--stream probe");
  }

  @Test
  void nothing_is_recorded_from_where_the_recomputation_differs() {
    Console altered =
        new Console(directory)
            .programs(jars -> List.of(new AlteredProgram()))
            .variable("SALTUS_HOME", directory.resolve("home").toString());

    Outcome outcome =
        altered.run(
            "probe", "r1", "--from", "2", "--until", "9", "--metric", "logit-margin.train-set");

    assertThat(outcome.code()).isEqualTo(3);
    assertThat(outcome.out()).isEqualTo("logit-margin.train-set: nothing recorded\n");
    assertThat(outcome.err())
        .contains("r1 differs at step 1: ")
        .contains("nothing was recorded from there on");
  }

  /** The built-in program with another learning rate, as after a change of its code. */
  private static final class AlteredProgram implements Program {

    private final Program inner = new BuiltInProgram();

    @Override
    public List<ComponentSchema> tasks() {
      return inner.tasks();
    }

    @Override
    public List<ComponentSchema> models() {
      return inner.models();
    }

    @Override
    public List<ComponentSchema> optimizers() {
      return inner.optimizers();
    }

    @Override
    public boolean supports(ExperimentSpec spec) {
      return inner.supports(spec);
    }

    @Override
    public List<SpecProblem> check(ExperimentSpec spec) {
      return inner.check(spec);
    }

    @Override
    public List<String> evaluationSets(ExperimentSpec spec) {
      return inner.evaluationSets(spec);
    }

    @Override
    public SortedMap<String, Path> inputs(ExperimentSpec spec) {
      return inner.inputs(spec);
    }

    @Override
    public TrainingSession open(SessionRequest request) {
      SpecReading reading =
          SpecReader.withFiles(List.of(inner))
              .change(
                  request.spec(),
                  "altered",
                  List.of(SpecSetting.parse("optimizer.learning-rate=1e-2")));
      return inner.open(
          new SessionRequest(
                  ((SpecReading.Accepted) reading).spec(), request.devices(), request.inputs())
              .withMasks(request.masks())
              .withProbes(request.probes()));
    }
  }
}
