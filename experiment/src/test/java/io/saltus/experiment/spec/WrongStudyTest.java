package io.saltus.experiment.spec;

import static io.saltus.experiment.spec.SampleSpecs.refused;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WrongStudyTest {

  private static final String METRICS =
      "; allowed: train.loss, train.accuracy, train-set.loss, train-set.accuracy, validation.loss,"
          + " validation.accuracy, weight-norm, gradient-norm, learning-rate";

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      textBlock =
          """
          axes { optimizer.weight-decy = [1] }                      | unknown key 'weight-decy' (did you mean weight-decay?); allowed: beta1, beta2, kind, learning-rate, warm-up-steps, weight-decay
          axes { "stesp" = [1] }                                    | unknown key 'stesp' (did you mean steps?)
          axes { "model..width" = [1] }                             | '''model..width'' is not a path such as optimizer.weight-decay'
          axes { experiment = [a] }                                 | experiment cannot be an axis
          axes { steps = [] }                                       | found a list, expected a list of 1 to 1000 values
          axes { steps = [[1]] }                                    | found a list, expected a number, a text, true or false
          axes { steps = [1, 2, 1.0] }                              | has '1' twice
          axes { steps = [1], "steps" : [2], "\\"steps\\"" = [3] }  | the axis steps is given twice
          axes { steps = [0] }                                      | 0 is not a whole number from 1 to 1000000000000
          axes { "task.operation" = [add, pow] }                    | unknown value 'pow'; allowed: add, sub, mul, div
          axes { "model.width" = { from = 1, to = 5 } }             | is missing; a range has from, to and count
          axes { "model.width" = { from = 1, count = 5 } }          | is missing; a range has from, to and count
          axes { "model.width" = { from = 5, to = 5, count = 5 } }  | the range is empty: from 5 is not below to 5
          axes { "model.width" = { from = 9, to = 5, count = 5 } }  | the range is empty: from 9 is not below to 5
          axes { "model.width" = { from = 1, to = 5, count = 1 } }  | 1 is not a whole number from 2 to 1000
          axes { "model.width" = { from = 1, to = 5, count = 1001 } } | 1001 is not a whole number from 2 to 1000
          axes { "model.width" = { from = a, to = 5, count = 2 } }  | found the text 'a', expected a number of any size
          axes { "model.width" = { from = 1, to = 5, count = 2, scale = lg } } | unknown value 'lg' (did you mean log?); allowed: linear, log
          axes { "model.width" = { random = normal, from = 1, to = 5, count = 2 } } | unknown value 'normal'; allowed: uniform, log-uniform
          axes { "model.width" = { from = 1, to = 5, count = 2, sclae = log } } | unknown key 'sclae' (did you mean scale?); allowed: count, from, random, scale, to
          axes { "optimizer.weight-decay" = { from = 0, to = 5, count = 2, scale = log } } | a logarithmic range cannot begin at 0: from must be above 0
          axes { "optimizer.weight-decay" = { from = -1, to = 5, count = 2, scale = log } } | a logarithmic range cannot begin at -1: from must be above 0
          axes { "optimizer.weight-decay" = { from = -1, to = 5, count = 2 } } | -1 is not a number from 0 to 100
          axes { steps = [1] }, zip = steps                         | found the text 'steps', expected a list of lists of axes
          axes { steps = [1] }, zip = [[steps]]                     | found a list, expected a list of at least two axes
          axes { steps = [1] }, zip = [[steps, stesp]]              | unknown axis 'stesp' (did you mean steps?); allowed: steps
          axes { steps = [1] }, zip = [[steps, steps]]              | has the axis steps twice
          axes { steps = [1], model.width = [1, 2] }, zip = [[steps, model.width]] | axes that go together have equally many values, not 1 (steps) and 2 (model.width)
          axes { steps = [1] }, when { model.width { steps = 1 } }  | unknown axis 'model'; allowed: steps
          axes { steps = [1] }, when { steps { widht = 1 } }        | unknown axis 'widht'; allowed: steps
          axes { steps = [1] }, when { steps { steps = 1 } }        | goes round in a circle: steps
          axes { steps = [1], batch-size = [2] }, when { steps { batch-size = [3] } } | '''3'' is not a value of the axis; allowed: 2'
          axes { steps = [1], batch-size = [2] }, when { steps { batch-size = [] } } | found a list, expected values of the axis
          seeds = 5                                                 | found the number 5, expected a list of at most 1000 seeds, or { from, count }
          seeds = [1, 2, 1]                                         | has 1 twice
          seeds = [-1]                                              | -1 is not a whole number from 0 to 9007199254740991
          seeds = { from = 1 }                                      | is missing; it says how many seeds
          seeds = { from = 1, count = 0 }                           | 0 is not a whole number from 1 to 1000
          seed = -1                                                 | -1 is not a whole number from 0 to 9007199254740991
          axs { steps = [1] }                                       | unknown key 'axs' (did you mean axes?); allowed: axes, seed, seeds, when, zip
          """)
  void a_wrong_study_says_what_is_wrong_and_where(String study, String what) throws IOException {
    assertThat(problems("study {\n" + study + "\n}\n"))
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.what()).startsWith(what);
              assertThat(problem.where()).matches(".*wrong\\.conf:[34]");
            });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      textBlock =
          """
          5                                                         | found the number 5, expected an object
          { at-least = 1 }                                          | is missing; an expectation names a metric
          { metric = A, at-least = 1 }                              | found the text 'A', expected the name of a metric such as validation.accuracy
          { metric = train.loss }                                   | is missing; an expectation says one of: at-least or at-most, never,
          { metric = train.loss, at-least = x }                     | found the text 'x', expected a number of any size
          { metric = train.loss, at-least = 2, at-most = 1 }        | is above at-most: nothing meets both
          { metric = train.loss, at-lest = 1, at-most = 1 }         | unknown key 'at-lest' (did you mean at-least?)
          { metric = train.loss, at-least = 1, in = 4/5 }           | found the text '4/5', expected how many of the seeds, such as "4 of 5"
          { metric = train.loss, at-least = 1, in = 6 of 5 }        | found the text '6 of 5', expected how many of the seeds, such as "4 of 5"
          { metric = train.loss, at-least = 1, in = 0 of 5 }        | found the text '0 of 5', expected how many of the seeds, such as "4 of 5"
          { metric = train.loss, at-least = 1, id = "No Id" }       | found the text 'No Id', expected 1 to 60 of a-z 0-9 . _ - such as groks-late
          { metric = train.loss, at-least = 1, where { step = 1 } } | unknown axis 'step' (did you mean steps?); allowed: steps
          { metric = train.loss, at-least = 1, where { steps = 3 } } | '''3'' is not a value of the axis; allowed: 1, 2'
          { metric = train.loss, take = best, at-least = 1 }        | unknown value 'best'; allowed: last, max, min
          { metric = train.loss, take = max, reaches = 1, at-least = 1 } | take and reaches are given; a metric has one of them
          { metric = train.loss, reaches = x, at-most = 1 }         | found the text 'x', expected a number of any size
          { metric = train.loss, reaches = 1, for-steps = 0, at-most = 1 } | 0 is not a whole number from 1 to 1000000000000
          { metric = train.loss, take = max, never = true }         | is said of a crossing: a metric with reaches or falls-to
          { metric = train.loss, reaches = 1, never = true, at-most = 1 } | never and a bound are both given; an expectation has one of them
          { metric = train.loss, at { metric = train.loss }, at-most = 1 } | is missing; a crossing has reaches or falls-to
          { metric = train.loss, at { metric = train.loss, reaches = 1, falls-to = 1 }, at-most = 1 } | reaches and falls-to are both given; a crossing has one of them
          { ratio = [1], at-most = 1 }                              | found a list, expected a list of two crossings
          { metric = train.loss, along = stesp, order = falling }   | unknown axis 'stesp' (did you mean steps?); allowed: steps
          { metric = train.loss, along = steps, order = down }      | unknown value 'down'; allowed: falling, rising
          { metric = train.loss, along = steps, from = 1, to = 2 }  | is missing; along an axis an expectation has order, or from, to and a bound
          { metric = train.loss, along = steps, from = 1, at-least = 2 } | is missing; a difference has along, from and to
          { metric = train.loss, along = steps, from = 1, to = 3, at-least = 2 } | '''3'' is not a value of the axis; allowed: 1, 2'
          { metric = train.loss, jump = groking }                   | unknown value 'groking' (did you mean grokking?)
          { metric = train.loss, jump = any, sharp = maybe }        | found the text 'maybe', expected true or false
          { metric = train.loss, jump = any, at-least = 1 }         | unknown key 'at-least'
          """)
  void a_wrong_expectation_says_what_is_wrong_and_where(String expectation, String what)
      throws IOException {
    assertThat(problems("study { axes { steps = [1, 2] } }\nexpect = [" + expectation + "]\n"))
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.what()).startsWith(what);
              assertThat(problem.path()).startsWith("expect.0");
              assertThat(problem.where()).matches(".*wrong\\.conf:3");
            });
  }

  @Test
  void a_metric_that_is_not_recorded_is_answered_with_the_nearest() throws IOException {
    String study = "study { axes { steps = [1, 2] } }\n";
    assertThat(problems(study + "expect = [{ metric = validation.acuracy, at-least = 1 }]"))
        .containsExactly(
            new SpecProblem(
                "expect.0.metric",
                "unknown metric 'validation.acuracy' (did you mean validation.accuracy?)" + METRICS,
                folder.resolve("wrong.conf") + ":3"));
    assertThat(
            problems(
                study
                    + "expect = [{ ratio = [{ metric = a, reaches = 1 }, { metric = b, reaches = 1 }],"
                    + " at-least = 1 }]"))
        .extracting(SpecProblem::what)
        .containsExactly("unknown metric 'a'" + METRICS, "unknown metric 'b'" + METRICS);
  }

  @Test
  void two_expectations_cannot_share_an_id() throws IOException {
    assertThat(
            problems(
                """
                study { axes { steps = [1, 2] } }
                expect = [{ id = a, metric = train.loss, at-least = 1 }
                { id = a, metric = train.loss, at-least = 2 }]
                """))
        .containsExactly(
            new SpecProblem(
                "expect.1.id", "is given twice: 'a'", folder.resolve("wrong.conf") + ":4"));
  }

  @Test
  void every_wrong_value_of_every_axis_is_said_at_once() throws IOException {
    assertThat(
            problems(
                "study { axes {\n\"model.width\" = [0, 1,\n 9999]\noptimizer.beta1 = [2, 0.5]\n} }"))
        .extracting(SpecProblem::what)
        .containsExactlyInAnyOrder(
            "0 is not a whole number from 1 to 4096",
            "9999 is not a whole number from 1 to 4096",
            "2 is not a number at least 0 and below 1");
  }

  @Test
  void cells_are_checked_and_not_only_values() throws IOException {
    String axes = "task.operation = [add, div], task.modulus = [96, 97]";
    assertThat(problems("study { axes { " + axes + " } }"))
        .containsExactly(
            new SpecProblem(
                "task.modulus", "must be prime for div", folder.resolve("wrong.conf") + ":2"));
    assertThat(problems("study { axes { " + axes + " }, zip = [[task.operation, task.modulus]] }"))
        .isEmpty();
  }

  @Test
  void the_setting_that_makes_an_axis_wrong_is_named() {
    assertThat(refused("grokking", "study.axes.\"model.width\"=[0]"))
        .containsExactly(
            new SpecProblem(
                "model.width",
                "0 is not a whole number from 1 to 4096",
                "--set study.axes.\"model.width\"=[0]"));
  }

  private List<SpecProblem> problems(String text) throws IOException {
    Path file = folder.resolve("wrong.conf");
    Files.writeString(file, "include \"grokking\"\n" + text);
    SpecReading reading = SampleSpecs.read(file.toString());
    return reading instanceof SpecReading.Refused refused ? refused.problems() : List.of();
  }
}
