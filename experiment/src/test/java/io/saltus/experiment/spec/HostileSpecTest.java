package io.saltus.experiment.spec;

import static io.saltus.experiment.spec.SampleSpecs.accepted;
import static io.saltus.experiment.spec.SampleSpecs.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Specs that are no specs, want to read what they may not, or to blow up their reader. */
@Timeout(60)
class HostileSpecTest {

  @TempDir private Path folder;

  @Test
  void an_unknown_spec_is_named_with_the_nearest_and_all_known() {
    assertThat(refused("groking"))
        .singleElement()
        .satisfies(
            problem ->
                assertThat(problem.what())
                    .startsWith(
                        "unknown spec 'groking' (did you mean grokking?); allowed: fashion-mnist, ")
                    .endsWith("or a file whose name has a / or ends in .conf"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"..", "", " ", "grokking\0", "~", "$HOME", "C:\\x", "grokking?"})
  void a_name_that_is_none_is_refused(String name) {
    assertThat(refused(name)).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\0.conf", "a\0/b", "/", ".", "./", "/dev/zero", "/dev/null"})
  void a_path_to_no_regular_file_is_refused(String name) {
    assertThat(refused(name)).hasSize(1);
  }

  @Test
  void a_missing_file_is_said() {
    assertThat(onlyWhat(folder.resolve("none.conf").toString())).contains("does not exist");
  }

  @Test
  void a_directory_is_said() {
    assertThat(onlyWhat(folder.toString())).contains("is a directory; a spec is a file");
  }

  @Test
  void an_unreadable_file_is_said() throws IOException {
    Path file = Files.writeString(folder.resolve("secret.conf"), "experiment = a");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("---------"));
    assumeTrue(!Files.isReadable(file), "root reads everything");
    assertThat(onlyWhat(file.toString())).contains("permission denied");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  \n\t\n", "# only a comment\n// and another", "\uFEFF"})
  void an_empty_file_is_said(String text) throws IOException {
    assertThat(onlyWhat(file(text))).startsWith("is empty");
  }

  @Test
  void a_binary_file_is_said() throws IOException {
    Path file = folder.resolve("binary.conf");
    Files.write(file, new byte[] {'a', '=', '1', 0, 1, 2});
    assertThat(onlyWhat(file.toString())).contains("is binary");
    Files.write(file, new byte[] {(byte) 0x89, 'P', 'N', 'G'});
    assertThat(onlyWhat(file.toString())).contains("is binary");
    Files.write(file, "title = é".getBytes(StandardCharsets.ISO_8859_1));
    assertThat(onlyWhat(file.toString())).contains("is binary; a spec is text in UTF-8");
  }

  @Test
  void a_large_file_is_said() throws IOException {
    assertThat(onlyWhat(file("#".repeat((1 << 20) + 1)))).contains("is larger than 1 MiB");
    assertThatCode(() -> refused(file("#".repeat(1 << 20)))).doesNotThrowAnyException();
  }

  @Test
  void files_that_are_large_together_are_said() throws IOException {
    Files.writeString(folder.resolve("half.conf"), "#" + "x".repeat(700_000) + "\nsteps = 5");
    String twice = file("include \"half.conf\"\ninclude \"half.conf\"\nexperiment = a");
    assertThat(onlyWhat(twice)).contains("larger than 1 MiB with all that it includes");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{", "a{", "[", "a=[", "a.b.c.d.e.f.g.h{", "a.", "\"a\".", "{a:", "[{"})
  void deep_nesting_is_said_before_it_is_parsed(String opening) throws IOException {
    assertThat(onlyWhat(file("x = 1, y " + opening.repeat(20_000))))
        .contains("is nested more than 64 deep");
  }

  @Test
  void a_long_path_in_a_substitution_is_said() throws IOException {
    assertThat(onlyWhat(file("a = ${" + "a.".repeat(20_000) + "a}")))
        .contains("is nested more than 64 deep");
  }

  @Test
  void a_deep_setting_is_said() {
    assertThat(refused("grokking", "title=" + "[".repeat(20_000))).hasSize(1);
    assertThat(refused("grokking", "a" + ".a".repeat(20_000) + "=1")).hasSize(1);
  }

  @Test
  void braces_in_strings_and_comments_are_no_nesting() throws IOException {
    String open = "{[".repeat(100);
    String text =
        "experiment = a # %s\ntitle = \"%s\" // %s\ntags.a = \"\"\"%s\"\"\"\n"
            .formatted(open.substring(0, 90), open.substring(0, 90), open, open.substring(0, 90));
    assertThat(accepted(file(text)).title()).hasSize(90);
  }

  @Test
  void many_values_are_said() throws IOException {
    StringBuilder text = new StringBuilder("experiment = a\n");
    for (int i = 0; i < 10_001; i++) {
      text.append("tags.t").append(i).append("=1\n");
    }
    assertThat(onlyWhat(file(text.toString()))).contains("has more than 10,000 values");
    assertThat(onlyWhat(file("study.seeds = [" + "1,".repeat(10_001) + "1]")))
        .contains("has more than 10,000 values");
    assertThat(onlyWhat(file("study.seeds = [\n" + "1\n".repeat(10_001) + "]")))
        .contains("has more than 10,000 values");
  }

  @Test
  void a_text_that_doubles_with_each_line_is_said() throws IOException {
    StringBuilder text = new StringBuilder("experiment = a\nt0 = 0123456789\n");
    for (int i = 1; i <= 40; i++) {
      text.append("t%d = ${t%d}${t%d}\n".formatted(i, i - 1, i - 1));
    }
    assertThat(onlyWhat(file(text.toString()))).contains("grows beyond 1 MiB");
  }

  @Test
  void a_list_or_object_that_doubles_with_each_line_is_said() throws IOException {
    StringBuilder lists = new StringBuilder("experiment = a\nt0 = [1]\n");
    StringBuilder objects = new StringBuilder("experiment = a\nt0 = {a = 1}\n");
    for (int i = 1; i <= 40; i++) {
      lists.append("t%d = ${t%d} ${t%d}\n".formatted(i, i - 1, i - 1));
      objects.append("t%d = {l = ${t%d}, r = ${t%d}}\n".formatted(i, i - 1, i - 1));
    }
    assertThat(onlyWhat(file(lists.toString()))).contains("grows beyond 1 MiB");
    assertThat(onlyWhat(file(objects.toString()))).contains("grows beyond 1 MiB");
  }

  @Test
  void a_text_that_doubles_itself_is_said() throws IOException {
    StringBuilder text = new StringBuilder("experiment = a\ntitle = 0123456789\n");
    text.append("title = ${title}${title}\n".repeat(40));
    assertThat(onlyWhat(file(text.toString()))).contains("grows beyond 1 MiB");
    StringBuilder plus = new StringBuilder("experiment = a\ns = [1]\n");
    plus.append("s = ${s} ${s}\n".repeat(40));
    assertThat(onlyWhat(file(plus.toString()))).contains("grows beyond 1 MiB");
  }

  @Test
  void doubling_across_settings_is_said() {
    String[] settings = new String[40];
    for (int i = 0; i < settings.length; i++) {
      settings[i] = "t%d=${t%d}${t%d}".formatted(i + 1, i, i);
    }
    settings[39] = "t0=0123456789";
    assertThat(refused("grokking", settings))
        .anySatisfy(problem -> assertThat(problem.what()).contains("grows beyond 1 MiB"));
  }

  @Test
  void many_substitutions_are_said() throws IOException {
    StringBuilder text = new StringBuilder("experiment = a\nt0 = 1\n");
    for (int i = 1; i <= 5000; i++) {
      text.append("t%d = ${t%d}\n".formatted(i, i - 1));
    }
    assertThat(onlyWhat(file(text.toString()))).contains("more than 256 substitutions");
  }

  @Test
  void the_longest_chain_of_substitutions_can_be_resolved() throws IOException {
    StringBuilder text = new StringBuilder("experiment = a\ntags { t0 = end\n");
    for (int i = 1; i <= 250; i++) {
      text.append("t%d = ${tags.t%d}\n".formatted(i, i - 1));
    }
    assertThat(accepted(file(text + "}\ntitle = ${tags.t250}")).title()).isEqualTo("end");
  }

  @Test
  void substitutions_in_a_circle_are_said() throws IOException {
    assertThat(refused(file("experiment = a\ntitle = ${seed}\nseed = ${title}"))).isNotEmpty();
    assertThat(refused(file("experiment = a\ntitle = ${title}"))).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"HOME", "PATH", "user.home", "java.io.tmpdir"})
  void neither_the_environment_nor_the_JVM_can_be_read(String name) throws IOException {
    assertThat(onlyWhat(file("experiment = a\ntitle = ${" + name + "}")))
        .isEqualTo(
            "'${"
                + name
                + "}' cannot be resolved: a substitution reads other keys of the spec,"
                + " never the environment");
    assertThat(accepted(file("experiment = a\ntitle = x\ntitle = ${?" + name + "}")).title())
        .isEqualTo("x");
    assertThat(accepted(file("experiment = a\ntitle = ${?" + name + "}")).title()).isEmpty();
  }

  @Test
  void strangers_get_no_files() throws IOException {
    SpecReader reader = SpecReader.shippedOnly(SampleSpecs.PROGRAMS);
    assertThat(reader.read("grokking", List.of())).isInstanceOf(SpecReading.Accepted.class);
    assertThat(reader.read(file("experiment = a"), List.of()))
        .isInstanceOfSatisfying(
            SpecReading.Refused.class,
            refused ->
                assertThat(refused.problems().get(0).what())
                    .contains("files are not allowed here"));
    assertThat(reader.read("fashion-mnist", List.of(SpecSetting.parse("task.path=/etc/shadow"))))
        .isInstanceOfSatisfying(
            SpecReading.Refused.class,
            refused ->
                assertThat(refused.problems())
                    .containsExactly(
                        new SpecProblem(
                            "task.path",
                            "names a file, and files are not allowed here",
                            "--set task.path=/etc/shadow")));
  }

  @Test
  void many_small_merges_stay_quick() throws IOException {
    StringBuilder text = new StringBuilder("experiment = a\n");
    for (int i = 0; i < 3_000; i++) {
      text.append("tags.t").append(i).append("=1\n");
    }
    assertThat(SampleSpecs.read(file(text.toString()))).isInstanceOf(SpecReading.Accepted.class);
  }

  @Test
  void random_texts_of_HOCONs_own_characters_are_answered() throws IOException {
    Random random = new Random(1);
    String[] pieces = {
      "{",
      "}",
      "[",
      "]",
      "\"",
      "\"\"\"",
      "${",
      "${?",
      "$",
      "=",
      ":",
      "+=",
      ",",
      "\n",
      "\\",
      "#",
      "//",
      "include ",
      "include \"grokking\"",
      "url(",
      "file(",
      "required(",
      ")",
      "a",
      "task",
      ".",
      "steps",
      "1",
      "-1e999",
      "0x",
      "null",
      "true",
      " ",
      "\t",
      "\uFEFF",
      "\u2028",
      "é",
      "\uD800",
      "experiment=a",
      "kind"
    };
    for (int i = 0; i < 1000; i++) {
      StringBuilder text = new StringBuilder();
      for (int n = random.nextInt(40); n >= 0; n--) {
        text.append(pieces[random.nextInt(pieces.length)]);
      }
      Path file = folder.resolve("top.conf");
      Files.write(file, text.toString().getBytes(StandardCharsets.UTF_8));
      SpecReading reading = SampleSpecs.read(file.toString(), "title=" + text);
      if (reading instanceof SpecReading.Refused refused) {
        assertThat(refused.problems()).isNotEmpty();
      }
    }
  }

  private String onlyWhat(String source) {
    List<SpecProblem> problems = refused(source);
    assertThat(problems).hasSize(1);
    return problems.get(0).what();
  }

  private String file(String text) throws IOException {
    return Files.writeString(folder.resolve("top.conf"), text).toString();
  }
}
