package io.saltus.experiment.spec;

import static io.saltus.experiment.spec.SampleSpecs.accepted;
import static io.saltus.experiment.spec.SampleSpecs.refused;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Includes that nobody may write: of other forms, from outside, in circles, in great numbers. */
@Timeout(60)
class HostileIncludesTest {

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "include url(\"http://example.com/a.conf\")",
        "include url(\"file:///etc/passwd\")",
        "include file(\"/etc/passwd\")",
        "include file(\"base.conf\")",
        "include classpath(\"io/saltus/specs/grokking.conf\")",
        "include classpath(\"reference.conf\")",
        "include required(file(\"/etc/passwd\"))",
        "include required(url(\"http://example.com/\"))",
      })
  void includes_of_other_forms_are_refused_by_name(String include) throws IOException {
    Files.writeString(folder.resolve("base.conf"), "steps = 1");
    String file = file("\n" + include + "\nexperiment = a");
    assertThat(refused(file))
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.what()).contains("is not allowed; include a shipped spec");
              assertThat(problem.where()).isEqualTo(file + ":2");
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/etc/passwd", "../outside.conf", "inner/../../outside.conf", "/etc/x.conf"})
  void includes_outside_the_folder_are_refused(String name) throws IOException {
    Path inner = Files.createDirectory(folder.resolve("specs"));
    Files.writeString(folder.resolve("outside.conf"), "steps = 1");
    Path file =
        Files.writeString(inner.resolve("top.conf"), "include \"" + name + "\"\nexperiment = a");
    assertThat(refused(file.toString()))
        .containsExactly(
            new SpecProblem(
                "include",
                "'" + name + "' is outside the folder of the file that includes it",
                file + ":1"));
  }

  @Test
  void a_link_out_of_the_folder_is_refused() throws IOException {
    Path inner = Files.createDirectory(folder.resolve("specs"));
    Path outside = Files.writeString(folder.resolve("outside.conf"), "steps = 1");
    Files.createSymbolicLink(inner.resolve("link.conf"), outside);
    Path file =
        Files.writeString(inner.resolve("top.conf"), "include \"link.conf\"\nexperiment = a");
    assertThat(onlyWhat(file.toString())).contains("is outside the folder");
  }

  @Test
  void includes_in_a_circle_are_refused() throws IOException {
    Files.writeString(folder.resolve("a.conf"), "include \"b.conf\"");
    Files.writeString(folder.resolve("b.conf"), "\ninclude \"./a.conf\"");
    assertThat(refused(folder.resolve("a.conf").toString()))
        .contains(
            new SpecProblem(
                "include",
                "'./a.conf' includes itself, in a circle",
                folder.resolve("b.conf") + ":2"));
    String self = file("include \"top.conf\"\nexperiment = a");
    assertThat(onlyWhat(self)).contains("in a circle");
  }

  @Test
  void includes_that_multiply_are_refused() throws IOException {
    for (int i = 0; i < 20; i++) {
      String next = "include \"f" + (i + 1) + ".conf\"\n";
      Files.writeString(folder.resolve("f" + i + ".conf"), next + next + "seed = 1");
    }
    Files.writeString(folder.resolve("f20.conf"), "seed = 1");
    assertThat(refused(folder.resolve("f0.conf").toString()))
        .anySatisfy(
            problem -> assertThat(problem.what()).contains("more than 64 files are included"));
  }

  @Test
  void a_missing_include_is_said_with_its_line() throws IOException {
    String file = file("include \"grokking\"\ninclude \"none.conf\"\nexperiment = a");
    assertThat(refused(file))
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.what()).contains("'none.conf' does not exist");
              assertThat(problem.where()).isEqualTo(file + ":2");
            });
    assertThat(onlyWhat(file("include \"groking\"\nexperiment = a")))
        .contains("did you mean grokking?");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "experiment = a\ninclude \"grokking\"",
        "experiment = a\ntask { include \"grokking\" }",
        "experiment = a, include \"grokking\"",
      })
  void an_include_stands_before_all_keys(String text) throws IOException {
    assertThat(onlyWhat(file(text))).isEqualTo("must stand at the top level, before all keys");
  }

  @Test
  void an_include_may_stand_in_the_outer_braces() throws IOException {
    assertThat(accepted(file("{\n  include \"grokking\"\n  experiment = a\n}")).until()).hasSize(1);
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
