package io.saltus.tf.program;

import static org.assertj.core.api.Assertions.assertThat;

import io.saltus.experiment.DeviceId;
import io.saltus.experiment.session.SessionRequest;
import io.saltus.experiment.spec.Component;
import io.saltus.experiment.spec.ExperimentSpec;
import io.saltus.experiment.spec.SpecDigest;
import io.saltus.experiment.spec.SpecProblem;
import io.saltus.experiment.spec.SpecReader;
import io.saltus.experiment.spec.SpecReading;
import io.saltus.experiment.spec.SpecRenderer;
import io.saltus.experiment.spec.SpecSetting;
import io.saltus.experiment.spec.SpecValue;
import io.saltus.tf.graph.Adam;
import io.saltus.tf.graph.AdamW;
import io.saltus.tf.graph.LearningRate;
import io.saltus.tf.graph.Optimizer;
import io.saltus.tf.graph.RateSchedule;
import io.saltus.tf.graph.Sgd;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Optimisers as they are written in specs. */
class OptimizerSpecTest {

  private final BuiltInProgram program = new BuiltInProgram();
  private final SpecReader reader = SpecReader.withFiles(List.of(program));

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          kind=adamax                              | unknown value 'adamax' (did you mean adam?); allowed: adamw, adam, sgd
          kind=sgd, beta1=0.9                      | unknown key 'beta1'; allowed: clip-norm, final-learning-rate, kind, learning-rate, momentum, nesterov, piecewise, schedule, schedule-steps, step-every, step-factor, warm-up-steps, weight-decay
          kind=sgd, momentun=0.9                   | unknown key 'momentun' (did you mean momentum?); allowed: clip-norm, final-learning-rate, kind, learning-rate, momentum, nesterov, piecewise, schedule, schedule-steps, step-every, step-factor, warm-up-steps, weight-decay
          kind=sgd, momentum=1                     | 1 is not a number at least 0 and below 1
          kind=sgd, momentum=-0.1                  | -0.1 is not a number at least 0 and below 1
          kind=sgd, weight-decay=-1                | -1 is not a number from 0 to 1000000
          kind=sgd, learning-rate=0                | 0 is not a number above 0 and at most 1000000
          kind=sgd, learning-rate=NaN              | found the text 'NaN', expected a number above 0 and at most 1000000
          kind=sgd, nesterov=maybe                 | found the text 'maybe', expected true or false
          kind=sgd, nesterov=true                  | needs a momentum above 0; without one no step looks ahead
          clip-norm=-1                             | -1 is not a number from 0 to 1000000
          clip-norm=NaN                            | found the text 'NaN', expected a number from 0 to 1000000
          schedule=cosin, schedule-steps=10        | unknown value 'cosin' (did you mean cosine?); allowed: constant, linear, cosine, step, inverse-sqrt, piecewise
          schedule=cosine                          | is missing; schedule = cosine needs the step at which the rate has fallen, such as 8000
          schedule=cosine, schedule-steps=0        | is missing; schedule = cosine needs the step at which the rate has fallen, such as 8000
          schedule=linear, schedule-steps=-5       | -5 is not a whole number from 0 to 1000000000000
          schedule=linear, schedule-steps=10, warm-up-steps=10 | 10 leaves no step after 10 warm-up-steps; it is the step at which the rate has fallen
          schedule=linear, schedule-steps=10, final-learning-rate=1 | 1 is above the learning-rate of 0.005; linear falls, and warm-up-steps is for a rise
          schedule=cosine, schedule-steps=10, final-learning-rate=-1 | -1 is not a number from 0 to 1000000
          schedule=cosine, schedule-steps=10, step-every=5 | is not used by schedule = cosine, which has schedule-steps, final-learning-rate
          schedule-steps=10                        | is not used by schedule = constant, which has no keys
          schedule=step                            | is missing; schedule = step needs the steps from one fall to the next, such as 1000
          schedule=step, step-every=10, step-factor=1 | 1 is not a number above 0 and below 1
          schedule=step, step-every=10, step-factor=0 | 0 is not a number above 0 and below 1
          schedule=inverse-sqrt                    | is missing; schedule = inverse-sqrt needs the steps before the rate falls, such as 1000
          schedule=inverse-sqrt, schedule-steps=9, warm-up-steps=10 | 9 lies within 10 warm-up-steps; the rate falls after both
          schedule=piecewise                       | is missing; schedule = piecewise needs a list such as [[1000, 1e-4]]
          schedule=piecewise, piecewise=[]         | is missing; schedule = piecewise needs a list such as [[1000, 1e-4]]
          schedule=piecewise, piecewise=5          | found the number 5, expected a list of at most 1000 pairs [step, number]
          schedule=piecewise, piecewise=[5]        | found the number 5, expected a pair [step, number], such as [1000, 1e-4]
          schedule=piecewise, piecewise=[[5]]      | found a list, expected a pair [step, number], such as [1000, 1e-4]
          schedule=piecewise, piecewise=[[0;1]]    | 0 is not a whole number from 1 to 1000000000000
          schedule=piecewise, piecewise=[[1.5;1]]  | 1.5 is not a whole number from 1 to 1000000000000
          schedule=piecewise, piecewise=[[5;0]]    | 0 is not a number above 0 and at most 1000000
          schedule=piecewise, piecewise=[[5;-1]]   | -1 is not a number above 0 and at most 1000000
          schedule=piecewise, piecewise=[[5;NaN]]  | found the text 'NaN', expected a number above 0 and at most 1000000
          schedule=piecewise, piecewise=[[5;1];[5;2]] | step 5 does not follow step 5; the steps rise
          schedule=piecewise, piecewise=[[9;1];[5;2]] | step 5 does not follow step 9; the steps rise
          piecewise=[[9;1]]                        | is not used by schedule = constant, which has no keys
          """)
  void what_is_wrong_is_said_with_what_is_allowed(String settings, String what) {
    assertThat(problems("grokking", settings(settings)))
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.what()).isEqualTo(what);
              assertThat(problem.path()).startsWith("optimizer");
              assertThat(problem.where()).startsWith("--set ");
            });
  }

  @Test
  void what_is_wrong_in_a_file_is_named_with_its_line() throws IOException {
    Path file = folder.resolve("bad.conf");
    Files.writeString(
        file,
        """
        experiment = bad
        optimizer {
          kind = sgd
          schedule = linear
          schedule-steps = 10
          final-learning-rate = 2
          piecewise = [
            [1, 0.1]
          ]
        }
        """);
    assertThat(problems(file.toString(), List.of()))
        .containsExactly(
            new SpecProblem(
                "optimizer.piecewise",
                "is not used by schedule = linear, which has schedule-steps, final-learning-rate",
                file + ":7"));
    Files.writeString(
        file,
        """
        experiment = bad
        optimizer {
          schedule = piecewise
          piecewise = [
            [10, 0.1]
            [20, fast]
            [15, 0.1]
            [15, 0.1]
          ]
        }
        """);
    assertThat(problems(file.toString(), List.of()))
        .containsExactly(
            new SpecProblem(
                "optimizer.piecewise",
                "found the text 'fast', expected a number above 0 and at most 1000000",
                file + ":6"),
            new SpecProblem(
                "optimizer.piecewise",
                "step 15 does not follow step 15; the steps rise",
                file + ":8"));
  }

  @Test
  void each_kind_becomes_what_it_says() {
    assertThat(optimizer(accepted("kind=adam, learning-rate=0.1, weight-decay=0.2, clip-norm=1")))
        .isEqualTo(
            new Adam(new LearningRate(0.1, 0, RateSchedule.CONSTANT), 0.2, 0.9, 0.999, 1e-8, 1));
    assertThat(
            optimizer(
                accepted(
                    "kind=sgd, momentum=0.9, nesterov=true, schedule=step, step-every=5,"
                        + " step-factor=0.5, warm-up-steps=3")))
        .isEqualTo(
            new Sgd(new LearningRate(0.01, 3, new RateSchedule.Step(5, 0.5)), 0, 0.9, true, 0));
    assertThat(optimizer(accepted("schedule=linear, schedule-steps=9, final-learning-rate=1e-4")))
        .isEqualTo(adamW(new RateSchedule.Linear(9, 1e-4)));
    assertThat(optimizer(accepted("schedule=cosine, schedule-steps=9")))
        .isEqualTo(adamW(new RateSchedule.Cosine(9, 0)));
    assertThat(optimizer(accepted("schedule=inverse-sqrt, schedule-steps=9")))
        .isEqualTo(adamW(new RateSchedule.InverseSqrt(9)));
    assertThat(optimizer(accepted("schedule=piecewise, piecewise=[[9;1e-4];[12;1]]")))
        .isEqualTo(adamW(new RateSchedule.Piecewise(new TreeMap<>(Map.of(9L, 1e-4, 12L, 1.0)))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "clip-norm=0",
        "schedule=constant",
        "schedule-steps=0, final-learning-rate=0, step-every=0, step-factor=0.1, piecewise=[]"
      })
  void defaults_that_are_written_out_leave_the_digest_as_it_was(String settings) {
    assertThat(SpecDigest.of(accepted(settings), reader.schema()).hex())
        .isEqualTo("9d17b66ebfb72bce7dabbfa539f3cd8f3f203a76c6cb0badd415489daa43d944");
  }

  @Test
  void a_schedule_is_in_the_digest_and_reads_back_from_what_is_rendered() throws IOException {
    ExperimentSpec spec =
        accepted("kind=sgd, schedule=piecewise, piecewise=[[1e3;1e-3];[2000;1e-7]], clip-norm=0.5");
    assertThat(SpecDigest.text(spec, reader.schema()))
        .contains(
            """
            optimizer.clip-norm=0.5
            optimizer.kind=sgd
            optimizer.piecewise=[[1000, 0.001], [2000, 1e-7]]
            optimizer.schedule=piecewise
            """);
    Path file = folder.resolve("again.conf");
    Files.writeString(file, SpecRenderer.render(spec));
    assertThat(reader.read(file.toString(), List.of()))
        .isInstanceOfSatisfying(
            SpecReading.Accepted.class, again -> assertThat(again.spec()).isEqualTo(spec));
  }

  @Test
  void a_component_that_was_recorded_before_there_were_schedules_is_at_their_defaults() {
    Component recorded =
        new Component(
            "adamw",
            new TreeMap<>(
                Map.of(
                    "learning-rate", new SpecValue.Real(5e-3),
                    "weight-decay", new SpecValue.Real(1),
                    "beta1", new SpecValue.Real(0.9),
                    "beta2", new SpecValue.Real(0.98),
                    "epsilon", new SpecValue.Real(1e-8),
                    "warm-up-steps", new SpecValue.Whole(7))));
    assertThat(AdamOptimizer.ADAM_W.of(recorded)).isEqualTo(new AdamW(5e-3, 1, 0.9, 0.98, 1e-8, 7));
    assertThat(AdamOptimizer.ADAM_W.check(recorded)).isEmpty();
  }

  private static AdamW adamW(RateSchedule schedule) {
    return new AdamW(new LearningRate(5e-3, 0, schedule), 1, 0.9, 0.98, 1e-8, 0.0);
  }

  private Optimizer optimizer(ExperimentSpec spec) {
    return program
        .plan(new SessionRequest(spec, List.of(DeviceId.parse("cpu:0")), new TreeMap<>()))
        .optimizer();
  }

  private ExperimentSpec accepted(String settings) {
    if (reader.read("grokking", settings(settings)) instanceof SpecReading.Accepted accepted) {
      return accepted.spec();
    }
    throw new AssertionError(problems("grokking", settings(settings)));
  }

  private List<SpecProblem> problems(String source, List<SpecSetting> settings) {
    return reader.read(source, settings) instanceof SpecReading.Refused refused
        ? refused.problems()
        : List.of();
  }

  /** Keys of the optimiser; a semicolon stands for a comma within a value. */
  private static List<SpecSetting> settings(String settings) {
    return Arrays.stream(settings.split(", "))
        .map(setting -> SpecSetting.parse("optimizer." + setting.replace(';', ',')))
        .toList();
  }
}
