package io.saltus.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Which Java the launcher takes, and how it becomes the JVM. */
class LauncherStartTest extends LauncherScene {

  @Test
  void the_launchers_process_becomes_the_jvm() throws Exception {
    saltus("--version");
    Outcome outcome = saltus("--version");
    assertThat(outcome.out()).contains("pid " + outcome.pid() + "\n");
  }

  @Test
  void arguments_and_the_exit_code_pass_through_unchanged() throws Exception {
    Outcome outcome =
        saltus(
            Map.of("EXIT", "3"), tree, tree.resolve("saltus"), "a b", "", "*", "$x", "--set=y='z'");
    assertThat(outcome.exit()).isEqualTo(3);
    assertThat(outcome.out()).endsWith("<a b>\n<>\n<*>\n<$x>\n<--set=y='z'>\n");
  }

  @Test
  void it_works_from_any_directory_through_a_symbolic_link() throws Exception {
    Path link = temp.resolve("bin/s");
    Files.createDirectories(link.getParent());
    Files.createSymbolicLink(link, Path.of("../a tree/saltus"));
    Outcome outcome = saltus(Map.of(), temp, link, "runs");
    assertThat(outcome.exit()).as(outcome.err()).isZero();
    assertThat(outcome.out()).endsWith("<runs>\n");
    assertThat(temp.resolve("build")).doesNotExist();
  }

  @Test
  void no_java_is_one_clear_line() throws Exception {
    Outcome outcome = saltus(Map.of("JAVA_HOME", ""), tree, tree.resolve("saltus"), "runs");
    assertRefused(outcome, "saltus: no Java found: a JDK, 17 or newer, is needed. Install one");
  }

  @Test
  void a_java_home_without_java_is_named() throws Exception {
    Outcome outcome = saltus(Map.of("JAVA_HOME", "/nowhere"), tree, tree.resolve("saltus"), "runs");
    assertRefused(outcome, "saltus: no Java at JAVA_HOME: /nowhere/bin/java.");
  }

  @Test
  void an_old_java_is_refused_with_its_version() throws Exception {
    release("11.0.22");
    assertRefused(saltus("runs"), "saltus: Java 11.0.22 is too old: ");
    release("1.8.0_412");
    assertRefused(saltus("runs"), "saltus: Java 1.8.0_412 is too old: ");
  }

  @Test
  void a_java_without_a_compiler_cannot_build_but_runs_what_is_built() throws Exception {
    Files.delete(jdk.resolve("bin/javac"));
    assertRefused(
        saltus("runs"), "saltus: a JDK is needed to build, and this Java has no compiler");
    write(jdk.resolve("bin/javac"), "", true);
    saltus("runs");
    Files.delete(jdk.resolve("bin/javac"));
    assertThat(saltus("runs").exit()).isZero();
  }

  @Test
  void short_commands_do_without_the_optimising_compiler_and_long_ones_have_it() throws Exception {
    String quick = "<-XX:TieredStopAtLevel=1>";
    assertThat(saltus("runs").out()).contains(quick);
    assertThat(saltus("--home", "x", "--debug", "show", "@last").out()).contains(quick);
    assertThat(saltus("run", "show").out()).doesNotContain(quick);
    assertThat(saltus("--home", "runs", "metrics").out()).doesNotContain(quick);
    assertThat(saltus("events", "show").out()).doesNotContain(quick);
  }

  @Test
  void an_archive_that_cannot_be_made_is_not_tried_at_every_start() throws Exception {
    String java = FAKE_JAVA.replace("echo archive >\"${argument#*=}\"; exit 0", "exit 1");
    assertThat(java).isNotEqualTo(FAKE_JAVA);
    write(jdk.resolve("bin/java"), java, true);
    assertThat(saltus("runs").err()).contains("preparing a quicker start");
    Outcome second = saltus("runs");
    assertThat(second.exit()).isZero();
    assertThat(second.err()).isEmpty();
  }

  @Test
  void each_jdk_has_an_archive_of_its_own_and_new_ones_are_told_what_they_warn_of()
      throws Exception {
    saltus("--version");
    release("25.0.3");
    Outcome outcome = saltus("--version");
    assertThat(outcome.out()).contains("--sun-misc-unsafe-memory-access=allow");
    try (Stream<Path> files = Files.list(current())) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .contains("classes-17.0.15.jsa", "classes-25.0.3.jsa")
          .noneMatch(name -> name.matches(".*jsa\\.\\d+"));
    }
    assertThat(builds()).hasSize(1);
  }

  @Test
  void an_installed_distribution_builds_nothing() throws Exception {
    Path installed = temp.resolve("an installation");
    write(installed.resolve("bin/saltus"), Files.readString(SCRIPT), true);
    write(installed.resolve("lib/saltus-app-1.jar"), "jar", false);
    Files.delete(maven.resolve("mvn"));
    Outcome outcome = saltus(Map.of(), temp, installed.resolve("bin/saltus"), "runs");
    assertThat(outcome.exit()).as(outcome.err()).isZero();
    assertThat(outcome.out()).contains(installed + "/lib/saltus-app-1.jar").endsWith("<runs>\n");
    assertThat(installed.resolve("build")).doesNotExist();
  }
}
