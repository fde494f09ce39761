package io.saltus.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.saltus.app.Programs;
import io.saltus.app.cli.Console.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the user may get wrong about studies: a clear line, exit code 2, and nothing changed. */
class WrongStudyTest {

  @TempDir static Path scripted;
  private static Console there;
  private static String spec = "";

  @TempDir Path directory;

  @BeforeAll
  static void do_one() throws IOException {
    there = new Console(scripted);
    spec = Scripted.study(scripted, "steps = [50, 100]");
    assertThat(there.run("study", spec, "--name", "s").code()).isZero();
    assertThat(there.run("run", Scripted.spec(scripted), "--name", "r", "--steps", "20").code())
        .isZero();
    assertThat(there.run("run", Scripted.spec(scripted), "--name", "t.7", "--steps", "20").code())
        .isZero();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "study grokkin | there is neither a spec nor a study 'grokkin': saltus study. Did you mean grokking",
        "study grokkin --name x | there is neither a spec nor a study 'grokkin'",
        "study ./missing.conf | missing.conf",
        "study grokking | 'grokking' is one run, without axes or seeds: saltus study grokking. Use 'saltus run'",
        "run grokking-operations | is a study of many runs: study. Use 'saltus study'.",
        "study grokking-operations --set study.axes.optimizer.wieght=[1,2] | wieght",
        "study grokking-operations --set study.axes.batch-size=[] | batch-size",
        "study grokking-operations --set study.axes.batch-size={from=1,to=9,count=0} | count",
        "study grokking-operations --set study.axes.batch-size={from=9,to=1,count=3} | batch-size",
        "study grokking-operations --set study.axes.batch-size=[many] | batch-size",
        "study grokking-operations --set study.axes.optimizer.weight-decay={from=0,to=1,count=3,scale=log} | from",
        "study grokking-operations --set study.axes.optimizer.weight-decay={from=-1,to=1,count=3,scale=log} | from",
        "study grokking-operations --set study.seeds=[1,1] | seeds",
        "study grokking-operations --set study.axes.batch-size={from=1,to=1000,count=1000} --set study.axes.steps={from=1,to=1000,count=1000} | the study has 20,000,000 runs: study. Give --yes when you are sure.",
        "study grokking-operations --set expect=[{metric=valdation.accuracy,at-least=0.5}] | valdation.accuracy",
        "study grokking-operations --set expect=[{metric=validation.accuracy}] | expect.0",
        "study grokking-operations --add-seeds 6 | 'grokking-operations' is a spec, not a study that is there: --add-seeds",
        "study grokking-operations --failed | is a spec, not a study that is there: --failed",
        "study grokking-operations --parallel 0 | '0' is not a whole number, from 1 to 10000: --parallel",
        "study grokking-operations --parallel many | --parallel",
        "study grokking-operations --device-hours=-1 | '-1' is no time: --device-hours. Give a number above 0.",
        "study grokking-operations --device-hours 0 | '0' is no time",
        "study grokking-operations --device-hours NaN | 'NaN' is no time",
        "study grokking-operations --device-hours soon | 'soon' is no time",
        "study grokking-operations --name ../up | '../up' cannot name a study: --name",
        "study grokking-operations --name aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeeefffff | cannot name a study: --name. Use 1 to 54",
        "study grokking-operations --name grokking | 'grokking' is how a spec is called: --name",
        "study grokking-operations --name a.conf | 'a.conf' is how a spec is called: --name",
        "study grokking-operations --set device=cpu:77 | there is no device cpu:77: device. This machine has cpu:0",
        "study grokking-operations --set device=gpu:7 | there is no device gpu:7: device. This machine has cpu:0",
        "study grokking-operations --format xml | none of text, json",
      })
  void what_cannot_be_begun_is_refused_and_nothing_is_created(String command, String says)
      throws IOException {
    Console fresh =
        new Console(directory)
            .programs(Programs.installed())
            .variable("SALTUS_HOME", directory.resolve("home").toString());

    Outcome outcome = fresh.run(command.split(" "));

    assertThat(outcome.err()).startsWith("saltus: ").contains(says).doesNotContain("\tat ");
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.code()).as(outcome.err()).isEqualTo(2);
    try (Stream<Path> entries = Files.list(directory)) {
      assertThat(entries).isEmpty();
    }
  }

  @Test
  void an_empty_directory_is_a_home_without_studies_and_stays_empty() throws IOException {
    Path home = Files.createDirectory(directory.resolve(".saltus"));
    Console fresh = new Console(directory);

    assertThat(fresh.run("study", "s").code()).isEqualTo(2);
    assertThat(fresh.run("show", "s").code()).isEqualTo(2);
    Outcome studies = fresh.run("studies");
    assertThat(studies.code()).isZero();
    assertThat(studies.out()).isEmpty();
    assertThat(studies.err()).isEqualTo("saltus: no studies\n");
    assertThat(home).isEmptyDirectory();
  }

  @Test
  void without_a_home_a_reader_says_so() {
    assertThat(new Console(directory).run("studies").err()).contains("there is no home here");
    assertThat(new Console(directory).run("studies").code()).isEqualTo(2);
    assertThat(directory).isEmptyDirectory();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "study q | there is neither a spec nor a study 'q'",
        "study q --name y | there is neither a spec nor a study 'q'",
        "study r | there is neither a spec nor a study 'r'",
        "study s --name y | a study that is there has its name: --name. Leave it out.",
        "study s --add-seeds x | 'x' is not a whole number, 0 or more: --add-seeds",
        "study s --add-seeds 3, | '' is not a whole number",
        "study s --add-seeds 9..3 | '9..3' is no range of seeds: --add-seeds. Write it as 6..10.",
        "study s --add-seeds 1..5000 | '1..5000' is no range of seeds",
        "study s --add-seeds 3 --set study.seeds=[1,2,9] | '--set study.seeds=[1,2,9]' and --add-seeds both give seeds: --add-seeds. Give all of them with one of the two.",
        "study s --add-seeds 3 --set study.seeds.from=1 | '--set study.seeds.from=1' and --add-seeds both give seeds",
        "study s --add-seeds 3 --set study={seeds=[1,2]} | both give seeds",
        "extend s | --steps needs a value: saltus extend.",
        "extend s --steps 0 | '0' is not a whole number, 1 or more: --steps",
        "extend s --steps many | 'many' is not a whole number",
        "extend s --steps 100 | the plan of s goes to step 100 already: --steps 100. Give a later one.",
        "extend q --steps 100 | q",
        "events s --follow | s is a study: --follow.",
        "events s --stream audit | s is a study: --stream.",
        "study s --set batch-size=64 | that would change what its runs compute: --set. A study that is there can get",
        "study s --set seeds.data=7 | that would change what its runs compute",
        "study s --set study.axes.steps=[50] | that would take a value of steps away: --set",
        "study s --set study.seeds=[1] | that would take a seed away: --set",
        "study s --set study.axes.batch-size=[1,2] | that would change which axes it has, or how they go together",
        "study s --set study=null | --set study",
        "study s --set study.axes.steps=[50,100,0] | steps",
        "study s --set nonsense | path=value",
        "study s --parallel 0 | --parallel",
        "study SPEC --name s | there is a study of this name already: --name s. Choose another name.",
        "study SPEC --name s --set study.axes.batch-size={from=1,to=1000,count=1000} --set study.axes.steps={from=1,to=1000,count=1000} | the study has 2,000,000 runs: study. Give --yes when you are sure.",
        "study SPEC --name s --set study.axes.batch-size={from=1,to=1000,count=1000} --set study.axes.steps={from=1,to=1000,count=1000} --yes | there is a study of this name already: --name s. Choose another name.",
        "study SPEC --name r | there is a run of this name already: --name r. Choose another name.",
        "study SPEC --name s.2 | there is a run of this name already: --name s.2.",
        "study SPEC --name s.9 | the runs of study s have such names: --name s.9.",
        "study SPEC --name t | 't.7', which its runs would need, is taken: --name t.",
        "run PLAIN --name s | there is a study of this name already: --name s. Choose another name.",
        "run PLAIN --name s.9 | the runs of study s have such names: --name s.9. Choose another name.",
        "run PLAIN --name s.1 | there is a run of this name already: --name s.1.",
        "fork r --step 10 --name s.9 | the runs of study s have such names",
        "runs --study q | there is no study 'q': --study",
        "show q | q",
        "pause q | q",
        "cancel q | q",
        "resume q | q",
        "delete q --yes | q",
        "delete s | nobody can be asked whether to delete s with its runs",
      })
  void what_cannot_be_done_with_what_is_there_is_refused_and_nothing_changes(
      String command, String says) throws IOException {
    String before = everything();
    String plain = Scripted.spec(scripted, "isolation = thread");

    Outcome outcome = there.run(command.replace("SPEC", spec).replace("PLAIN", plain).split(" "));

    assertThat(outcome.err()).startsWith("saltus: ").contains(says).doesNotContain("\tat ");
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.code()).as(outcome.err()).isEqualTo(2);
    assertThat(everything()).isEqualTo(before);
  }

  private static String everything() {
    return there.run("runs", "--format", "json").out()
        + there.run("studies", "--format", "json").out()
        + there.run("show", "s", "--format", "json").out();
  }
}
