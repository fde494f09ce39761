package io.saltus.experiment.spec;

import static io.saltus.experiment.spec.SampleSpecs.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is wrong with the values of a spec, and how that is said. */
class WrongSpecTest {

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          steps=0                        | 0 is not a whole number from 1 to 1000000000000
          steps=-5                       | -5 is not a whole number from 1 to 1000000000000
          steps=1e99                     | 1e99 is not a whole number from 1 to 1000000000000
          steps=1.5                      | 1.5 is not a whole number from 1 to 1000000000000
          steps=1000000000001            | 1000000000001 is not a whole number from 1 to 1000000000000
          steps=99999999999999999999999  | 99999999999999999999999 is not a whole number from 1 to 1000000000000
          steps=ten                      | found the text 'ten', expected a whole number from 1 to 1000000000000
          steps={a=1}                    | found an object, expected a whole number from 1 to 1000000000000
          steps=[1]                      | found a list, expected a whole number from 1 to 1000000000000
          steps=null                     | found null, expected a whole number from 1 to 1000000000000
          steps=true                     | found true, expected a whole number from 1 to 1000000000000
          seed=-1                        | -1 is not a whole number from 0 to 9007199254740991
          seeds.init=9007199254740992    | 9007199254740992 is not a whole number from 0 to 9007199254740991
          batch-size=0                   | 0 is not a whole number from 1 to 1000000
          task.train-fraction=0          | 0 is not a number above 0 and below 1
          task.train-fraction=1          | 1 is not a number above 0 and below 1
          task.train-fraction=1.5        | 1.5 is not a number above 0 and below 1
          task.train-fraction=1e999      | 1e999 is not a number above 0 and below 1
          task.modulus=1                 | 1 is not a whole number from 2 to 1000
          task=5                         | found the number 5, expected an object
          task.operation=5               | unknown value '5'; allowed: add, sub, mul, div
          task.operation=[add]           | found a list, expected one of add, sub, mul, div
          task.kind=modular-arithmatic   | unknown value 'modular-arithmatic' (did you mean modular-arithmetic?); allowed: modular-arithmetic, fashion-mnist
          task.modulo=97                 | unknown key 'modulo' (did you mean modulus?); allowed: kind, modulus, operation, train-fraction
          model.activation=rleu          | unknown value 'rleu' (did you mean relu?); allowed: square, relu
          optimizer.learning-rate=-1     | -1 is not a number above 0 and at most 10
          optimizer.learning-rate=fast   | found the text 'fast', expected a number above 0 and at most 10
          optimizer.weight-decay=-1      | -1 is not a number from 0 to 100
          optimizer.beta1=1              | 1 is not a number at least 0 and below 1
          weight-decay=1                 | unknown key 'weight-decay' (did you mean optimizer.weight-decay?)
          sampling=random                | unknown value 'random'; allowed: epochs, with-replacement, full-batch
          until=5                        | found the number 5, expected a list of rules, or null
          until=[5]                      | found the number 5, expected an object
          until=[{at-least=1}]           | is missing; a rule names a metric
          until=[{metric=train.loss}]    | is missing; a rule has at-least or at-most
          until=[{metric=train.loss,at-least=1,at-most=2}] | at-least and at-most are both given; a rule has one of them
          until=[{metric=validation.acuracy,at-least=1}] | unknown metric 'validation.acuracy' (did you mean validation.accuracy?); allowed: train.loss, train.accuracy, train-set.loss, train-set.accuracy, validation.loss, validation.accuracy, weight-norm, gradient-norm, learning-rate
          until=[{metric=wall-seconds,at-least=1}] | unknown metric 'wall-seconds'; allowed: train.loss, train.accuracy, train-set.loss, train-set.accuracy, validation.loss, validation.accuracy, weight-norm, gradient-norm, learning-rate
          until=[{metric=A,at-least=1}]  | found the text 'A', expected the name of a metric such as validation.accuracy
          until=[{metric=train.loss,at-least=x}] | found the text 'x', expected a number of any size
          until=[{metric=train.loss,at-least=1,for-steps=0}] | 0 is not a whole number from 1 to 1000000000000
          evaluate.every=0               | 0 is not a whole number from 1 to 1000000000000
          evaluate.every=often           | 'found the text ''often'', expected a whole number of steps from 1 to 1000000000000, or "N per decade"'
          evaluate.every=0 per decade    | 0 per decade is not 1 to 1000 per decade
          evaluate.sets.test.every=5     | unknown evaluation set 'test'; allowed: train-set, validation
          evaluate.sets.validation=5     | found the number 5, expected an object
          checkpoint.every=sometimes     | 'found the text ''sometimes'', expected auto, "N steps", "N minutes" or "N seconds"'
          checkpoint.every=0 steps       | 'found the text ''0 steps'', expected auto, "N steps", "N minutes" or "N seconds"'
          checkpoint.every=500           | 'found the number 500, expected auto, "N steps", "N minutes" or "N seconds"'
          checkpoint.every=1.5 minutes   | 'found the text ''1.5 minutes'', expected auto, "N steps", "N minutes" or "N seconds"'
          checkpoint.every=2 hours       | 'found the text ''2 hours'', expected auto, "N steps", "N minutes" or "N seconds"'
          checkpoint.keep-every=0        | 0 is not a whole number from 1 to 1000000000000
          checkpoint.keep-every=often    | found the text 'often', expected a whole number from 1 to 1000000000000
          checkpoint.keep-best=loss      | found the text 'loss', expected an object with metric and mode, or null
          checkpoint.keep-best={mode=max} | is missing; the best checkpoint is that of a metric
          checkpoint.keep-best={metric=validation.loss} | is missing; max or min says which value is the best
          checkpoint.keep-best={metric=validation.loss,mode=least} | unknown value 'least'; allowed: max, min
          checkpoint.keep-best={metric=A,mode=max} | found the text 'A', expected the name of a metric such as validation.accuracy
          checkpoint.keep-best={metric=validation.acuracy,mode=max} | unknown metric 'validation.acuracy' (did you mean validation.accuracy?); allowed: train.loss, train.accuracy, train-set.loss, train-set.accuracy, validation.loss, validation.accuracy, weight-norm, gradient-norm, learning-rate
          checkpoint.keep-best={metric=validation.loss,mode=min,moed=max} | unknown key 'moed' (did you mean mode?); allowed: metric, mode
          resume=5                       | found the number 5, expected an object
          resume.overlap=-1              | -1 is not a whole number from 0 to 1000000
          resume.overlap=1000001         | 1000001 is not a whole number from 0 to 1000000
          resume.overlp=5                | unknown key 'overlp' (did you mean overlap?); allowed: overlap
          checkpoint.keep-last=0         | 0 is not a whole number from 1 to 1000
          numerics.threads=0             | 0 is not a whole number from 1 to 256
          numerics.isa=avx512            | unknown value 'avx512' (did you mean avx2?); allowed: native, avx2
          device=tpu:0                   | 'found the text ''tpu:0'', expected auto, cpu:N or gpu:N, such as cpu:0'
          priority=1001                  | 1001 is not a whole number from -1000 to 1000
          priority=high                  | found the text 'high', expected a whole number from -1000 to 1000
          resources=2                    | found the number 2, expected an object
          resources.kind=tpu             | unknown value 'tpu' (did you mean cpu?); allowed: cpu, gpu
          resources.count=0              | 0 is not a whole number from 1 to 256
          resources.memory=2             | 'found the number 2, expected a size from 1 MiB to 1024 TiB such as "512 MiB" or "1.5 GiB", or null'
          resources.memory=2 gigs        | 'found the text ''2 gigs'', expected a size from 1 MiB to 1024 TiB such as "512 MiB" or "1.5 GiB", or null'
          resources.memory=1 KiB         | 'found the text ''1 KiB'', expected a size from 1 MiB to 1024 TiB such as "512 MiB" or "1.5 GiB", or null'
          resources.memory=99999 TiB     | 'found the text ''99999 TiB'', expected a size from 1 MiB to 1024 TiB such as "512 MiB" or "1.5 GiB", or null'
          resources.memroy=2 GiB         | unknown key 'memroy' (did you mean memory?); allowed: count, kind, memory
          isolation=procces              | unknown value 'procces' (did you mean process?); allowed: auto, thread, process
          on-divergence=ignore           | unknown value 'ignore'; allowed: fail, continue-flagged
          plot.log-steps=maybe           | found the text 'maybe', expected true or false
          tags=5                         | found the number 5, expected an object
          tags.a=[1]                     | found a list, expected a text
          study=5                        | found the number 5, expected an object
          study.axes.steps=5             | found the number 5, expected a list of 1 to 1000 values, { from, to, count } or { random = uniform, from, to, count }
          study.axes.seed=[5]            | seed cannot be an axis; the seeds of a study stand in study.seeds
          study.seeds=[-1]               | -1 is not a whole number from 0 to 9007199254740991
          expect=5                       | found the number 5, expected a list of expectations
          expect=[{}]                    | belongs to a study, and this spec has none; set expect = null to run it alone
          experiment=My Run              | 'My Run' is not 1 to 48 of a-z 0-9 . _ - beginning with a letter or digit
          experiment=../x                | '../x' is not 1 to 48 of a-z 0-9 . _ - beginning with a letter or digit
          optimzer.beta1=0.5             | unknown key 'optimzer' (did you mean optimizer?); allowed: batch-size, checkpoint, device, evaluate, expect, experiment, isolation, model, numerics, on-divergence, optimizer, plot, priority, resources, resume, sampling, seed, seeds, steps, study, tags, task, title, until
          """)
  void a_wrong_setting_says_what_is_wrong_and_what_is_allowed(String setting, String what) {
    assertThat(refused("grokking", setting))
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.what()).isEqualTo(what);
              assertThat(problem.where()).isEqualTo("--set " + setting);
              assertThat(problem.path()).isNotEmpty();
            });
  }

  @Test
  void a_named_device_is_one_and_of_its_kind() {
    assertThat(refused("grokking", "device=cpu:0", "resources.kind=gpu", "resources.count=2"))
        .containsExactly(
            new SpecProblem("resources.kind", "device = cpu:0 is none", "--set resources.kind=gpu"),
            new SpecProblem(
                "resources.count",
                "device = cpu:0 is one device; name none or one",
                "--set resources.count=2"));
  }

  @Test
  void a_task_can_be_refused_by_its_program() {
    assertThat(refused("grokking", "task.operation=div", "task.modulus=96"))
        .containsExactly(
            new SpecProblem("task.modulus", "must be prime for div", "--set task.modulus=96"));
  }

  @Test
  void no_program_for_the_kinds_is_said() {
    SpecReader reader = SpecReader.withFiles(List.of(new SampleProgram(false)));
    SpecReading reading = reader.read("grokking", List.of());
    assertThat(reading)
        .isInstanceOfSatisfying(
            SpecReading.Refused.class,
            refused ->
                assertThat(refused.problems())
                    .singleElement()
                    .satisfies(
                        problem ->
                            assertThat(problem.what())
                                .isEqualTo(
                                    "no installed program trains task modular-arithmetic with model"
                                        + " mlp and optimizer adamw")));
  }

  @Test
  void without_programs_no_kind_is_known() {
    SpecReading reading = SpecReader.withFiles(List.of()).read("grokking", List.of());
    assertThat(reading).isInstanceOf(SpecReading.Refused.class);
  }

  @Test
  void all_problems_are_named_at_once_with_file_and_line() throws IOException {
    String file =
        file(
            "bad.conf",
            """
            include "grokking"
            experiment = bad
            stesp = 10
            task {
              modulus = 1
              train-fraction = 2
            }
            optimizer.learning-rate = -1
            until = [
              { metric = validation.accuracy, at-least = 0.9 }
              { metric = nonsense, at-most = 0 }
            ]
            """);
    assertThat(refused(file, "seed=x"))
        .containsExactlyInAnyOrder(
            new SpecProblem("task.modulus", "1 is not a whole number from 2 to 1000", file + ":5"),
            new SpecProblem(
                "task.train-fraction", "2 is not a number above 0 and below 1", file + ":6"),
            new SpecProblem(
                "optimizer.learning-rate",
                "-1 is not a number above 0 and at most 10",
                file + ":8"),
            new SpecProblem(
                "seed",
                "found the text 'x', expected a whole number from 0 to 9007199254740991",
                "--set seed=x"),
            new SpecProblem(
                "stesp",
                "unknown key 'stesp' (did you mean steps?); allowed: batch-size, checkpoint, device,"
                    + " evaluate, expect, experiment, isolation, model, numerics, on-divergence,"
                    + " optimizer, plot, priority, resources, resume, sampling, seed, seeds, steps,"
                    + " study, tags, task, title, until",
                file + ":3"));
  }

  @Test
  void a_problem_in_an_included_file_names_that_file() throws IOException {
    String base = file("base.conf", "steps = 1\nseed = -1");
    assertThat(refused(file("top.conf", "include \"base.conf\"\nexperiment = top")))
        .extracting(SpecProblem::where)
        .containsExactly(base + ":2");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a = {",
        "a = [1,",
        "}",
        "a b c",
        "= 1",
        "a = \"x",
        "a = ${",
        "a = ${}",
        "include",
        "include 5"
      })
  void what_is_not_HOCON_is_said_with_its_line(String text) throws IOException {
    String file = file("bad.conf", "# a comment\n" + text + "\n");
    assertThat(refused(file))
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.what()).startsWith("is not valid HOCON: ");
              assertThat(problem.where()).startsWith(file + ":");
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "steps", "=5", "  =5"})
  void a_setting_has_a_path_and_a_value(String argument) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SpecSetting.parse(argument))
        .withMessageContaining("--set takes path=value");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a..b=1", ".a=1", "a b c.=1", "${a}=1", "\"a=1", "a{=1"})
  void a_path_that_is_none_is_said(String setting) {
    assertThat(refused("grokking", setting))
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.what()).contains("is not a path of keys");
              assertThat(problem.where()).isEqualTo("--set " + setting);
            });
  }

  @Test
  void control_characters_of_the_user_are_not_repeated() {
    assertThat(refused("grokking", "task.operation=\"a\\u001b[31m\""))
        .singleElement()
        .satisfies(
            problem ->
                assertThat(problem.what()).contains("'a\\u001b[31m'").doesNotContain("\u001b"));
  }

  private String file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text).toString();
  }
}
