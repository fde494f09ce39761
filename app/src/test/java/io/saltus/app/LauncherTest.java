package io.saltus.app;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The launcher script in a small source tree whose path has a space, with a Maven and a JDK that
 * only write down how they were called. Nothing else but the listed tools is on the path.
 */
class LauncherTest {

  private static final Path SCRIPT = Path.of("").toAbsolutePath().getParent().resolve("saltus");

  private static final List<String> TOOLS =
      List.of(
          "awk",
          "basename",
          "bash",
          "cat",
          "chmod",
          "cp",
          "cut",
          "dirname",
          "env",
          "find",
          "flock",
          "grep",
          "head",
          "ln",
          "ls",
          "mkdir",
          "mv",
          "readlink",
          "rm",
          "sed",
          "sh",
          "sha256sum",
          "sleep",
          "sort",
          "tail",
          "tee",
          "touch",
          "tr",
          "xargs");

  /** Waits while a file named "hold" lies beside its log, so that tests can look in. */
  private static final String FAKE_MAVEN =
      """
      #!/usr/bin/env bash
      here=${BASH_SOURCE[0]%/*}
      if [ "$1" = -v ]; then echo "Apache Maven $(cat "$here/maven-version")"; exit 0; fi
      echo "$*" >>"$here/maven.log"
      while [ -e "$here/hold" ]; do sleep 0.02; done
      if [ -e "$here/broken" ]; then echo "[ERROR] Broken.java:[1,1] no such thing"; exit 1; fi
      for argument in "$@"; do
        case $argument in -Dsaltus.classpath=*) classpath=${argument#*=} ;; esac
      done
      mkdir -p app/target/launcher
      cat experiment/src/main/java/*.java >app/target/launcher/saltus-app-1.jar
      echo dependency >app/target/launcher/dependency.jar
      printf '%s' "$PWD/app/target/launcher/dependency.jar" >"$classpath"
      echo "[INFO] Building Saltus :: app 1 [1/1]"
      """;

  /** Says its process id and arguments; "linger" keeps it alive as long as that file is there. */
  private static final String FAKE_JAVA =
      """
      #!/usr/bin/env bash
      for argument in "$@"; do
        case $argument in
          -XX:ArchiveClassesAtExit=*) echo archive >"${argument#*=}"; exit 0 ;;
        esac
      done
      echo "pid $$"
      printf '<%s>\\n' "$@"
      here=${BASH_SOURCE[0]%/*}
      while [ "${LINGER:-}" = yes ] && [ -e "$here/linger" ]; do sleep 0.02; done
      exit "${EXIT:-0}"
      """;

  @TempDir Path temp;

  private Path tree;
  private Path jdk;
  private Path tools;
  private Path maven;

  private record Outcome(int exit, String out, String err, long pid) {}

  @BeforeEach
  void lay_out_a_tree() throws IOException {
    tree = temp.resolve("a tree");
    write(tree.resolve("saltus"), Files.readString(SCRIPT), true);
    write(tree.resolve("pom.xml"), "<project/>", false);
    write(tree.resolve(".mvn/jvm.config"), "", false);
    for (String module : List.of("experiment", "app", "bench")) {
      write(tree.resolve(module + "/pom.xml"), "<project/>", false);
      write(source(module), "first", false);
    }
    jdk = temp.resolve("jdk");
    write(jdk.resolve("bin/java"), FAKE_JAVA, true);
    write(jdk.resolve("bin/javac"), "", true);
    release("17.0.15");
    maven = temp.resolve("maven");
    write(maven.resolve("mvn"), FAKE_MAVEN, true);
    write(maven.resolve("maven-version"), "3.8.7", false);
    tools = temp.resolve("tools");
    Files.createDirectories(tools);
    for (String tool : TOOLS) {
      Files.createSymbolicLink(tools.resolve(tool), find(tool));
    }
  }

  /** JUnit warns of each link that leads out of a temporary folder. */
  @AfterEach
  void remove_the_links() throws IOException {
    for (String tool : TOOLS) {
      Files.deleteIfExists(tools.resolve(tool));
    }
  }

  @Test
  void the_first_use_builds_and_the_second_does_not() throws Exception {
    Outcome first = saltus("runs", "--format", "json");
    assertThat(first.exit).as(first.err).isZero();
    assertThat(first.out).contains("<runs>\n<--format>\n<json>\n");
    assertThat(first.err).contains("saltus: first use: building").contains("building app [1/1]");
    assertThat(builds()).hasSize(1);

    Outcome second = saltus("runs");
    assertThat(second.exit).isZero();
    assertThat(second.err).isEmpty();
    assertThat(builds()).hasSize(1);
  }

  @Test
  void the_build_has_no_tests_and_no_gates_and_a_folder_of_its_own() throws Exception {
    saltus("--version");
    assertThat(builds().get(0))
        .contains("-pl app -am package")
        .contains("-Dmaven.test.skip=true")
        .contains("-Dgates=false")
        .contains("-Dsaltus.target=target/launcher");
  }

  @Test
  void the_launchers_process_becomes_the_jvm() throws Exception {
    saltus("--version");
    Outcome outcome = saltus("--version");
    assertThat(outcome.out).contains("pid " + outcome.pid + "\n");
  }

  @Test
  void arguments_and_the_exit_code_pass_through_unchanged() throws Exception {
    Outcome outcome =
        saltus(
            Map.of("EXIT", "3"), tree, tree.resolve("saltus"), "a b", "", "*", "$x", "--set=y='z'");
    assertThat(outcome.exit).isEqualTo(3);
    assertThat(outcome.out).endsWith("<a b>\n<>\n<*>\n<$x>\n<--set=y='z'>\n");
  }

  @Test
  void standard_output_holds_nothing_of_the_build() throws Exception {
    assertThat(saltus("--version").out).startsWith("pid ");
  }

  @Test
  void a_changed_source_is_built_into_a_fresh_folder() throws Exception {
    saltus("--version");
    Path before = current();
    change(source("experiment"), "second");
    Outcome outcome = saltus("--version");
    assertThat(outcome.err).contains("the sources have changed: building");
    assertThat(current()).isNotEqualTo(before);
    assertThat(current().resolve("lib/saltus-app-1.jar")).hasContent("second");
    assertThat(before).doesNotExist();
    assertThat(outcome.out).contains(current() + "/lib/saltus-app-1.jar");
  }

  @Test
  void a_removed_source_is_noticed() throws Exception {
    write(source("experiment").resolveSibling("Other.java"), "other", false);
    saltus("--version");
    Files.delete(source("experiment").resolveSibling("Other.java"));
    setTime(source("experiment").getParent());
    saltus("--version");
    assertThat(builds()).hasSize(2);
  }

  @Test
  void a_touched_source_is_not_built_again() throws Exception {
    saltus("--version");
    change(source("experiment"), "first");
    Outcome outcome = saltus("--version");
    assertThat(outcome.err).isEmpty();
    assertThat(builds()).hasSize(1);
  }

  @Test
  void tests_and_benchmarks_make_nothing_stale() throws Exception {
    saltus("--version");
    change(source("bench"), "second");
    change(tree.resolve("experiment/src/test/java/T.java"), "test");
    saltus("--version");
    assertThat(builds()).hasSize(1);
  }

  @Test
  void going_back_to_earlier_sources_builds_again_only_when_their_folder_is_gone()
      throws Exception {
    saltus("--version");
    change(source("experiment"), "second");
    saltus("--version");
    change(source("experiment"), "first");
    saltus("--version");
    assertThat(builds()).hasSize(3);
    assertThat(folders()).hasSize(1);
  }

  @Test
  void a_running_saltus_keeps_its_own_build() throws Exception {
    write(jdk.resolve("bin/linger"), "", false);
    saltus("--version");
    Path old = current();
    Process running = start(Map.of("LINGER", "yes"), tree, tree.resolve("saltus"), "run");
    Path out = temp.resolve("out." + running.pid());
    await().atMost(20, SECONDS).until(() -> Files.readString(out).contains("<run>"));

    change(source("experiment"), "second");
    saltus("--version");
    assertThat(current()).isNotEqualTo(old);
    assertThat(old.resolve("lib/dependency.jar")).exists();

    Files.delete(jdk.resolve("bin/linger"));
    assertThat(running.waitFor(20, SECONDS)).isTrue();
    change(source("experiment"), "third");
    saltus("--version");
    assertThat(old).doesNotExist();
  }

  @Test
  void two_first_uses_at_once_build_once() throws Exception {
    build_once_for_two();
  }

  @Test
  void two_first_uses_at_once_build_once_without_flock() throws Exception {
    Files.delete(tools.resolve("flock"));
    build_once_for_two();
  }

  private void build_once_for_two() throws Exception {
    write(maven.resolve("hold"), "", false);
    Process first = start(Map.of(), tree, tree.resolve("saltus"), "runs");
    await().atMost(20, SECONDS).until(() -> Files.exists(maven.resolve("maven.log")));
    Process second = start(Map.of(), tree, tree.resolve("saltus"), "runs");
    Path err = temp.resolve("err." + second.pid());
    await().atMost(20, SECONDS).until(() -> Files.readString(err).contains("waiting for it"));
    Files.delete(maven.resolve("hold"));
    assertThat(outcome(first).exit).isZero();
    assertThat(outcome(second).exit).isZero();
    assertThat(builds()).hasSize(1);
  }

  @Test
  void the_lock_of_a_dead_owner_is_taken_over_without_flock() throws Exception {
    Files.delete(tools.resolve("flock"));
    Process dead = new ProcessBuilder("true").start();
    dead.waitFor();
    write(tree.resolve("build/.lock.d/pid"), dead.pid() + "\n", false);
    assertThat(saltus("--version").exit).isZero();
  }

  @Test
  void a_failed_build_says_what_failed_and_leaves_nothing_half_done() throws Exception {
    write(maven.resolve("broken"), "", false);
    Outcome outcome = saltus("--version");
    assertThat(outcome.exit).isEqualTo(1);
    assertThat(outcome.out).isEmpty();
    assertThat(outcome.err)
        .contains("Broken.java:[1,1] no such thing")
        .contains("saltus: the build failed: see ");
    assertThat(folders()).isEmpty();

    Files.delete(maven.resolve("broken"));
    assertThat(saltus("--version").exit).isZero();
  }

  @Test
  void it_works_from_any_directory_through_a_symbolic_link() throws Exception {
    Path link = temp.resolve("bin/s");
    Files.createDirectories(link.getParent());
    Files.createSymbolicLink(link, Path.of("../a tree/saltus"));
    Outcome outcome = saltus(Map.of(), temp, link, "runs");
    assertThat(outcome.exit).as(outcome.err).isZero();
    assertThat(outcome.out).endsWith("<runs>\n");
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
    assertThat(saltus("runs").exit).isZero();
  }

  @Test
  void no_maven_is_one_clear_line() throws Exception {
    Files.delete(maven.resolve("mvn"));
    assertRefused(
        saltus("runs"), "saltus: no Maven found: Maven, 3.8 or newer, is needed to build.");
  }

  @Test
  void an_old_maven_is_refused_with_its_version() throws Exception {
    write(maven.resolve("maven-version"), "3.6.3", false);
    assertRefused(saltus("runs"), "saltus: Maven 3.6.3 is too old: ");
    write(maven.resolve("maven-version"), "4.0.0", false);
    assertThat(saltus("runs").exit).isZero();
  }

  @Test
  void short_commands_do_without_the_optimising_compiler_and_long_ones_have_it() throws Exception {
    String quick = "<-XX:TieredStopAtLevel=1>";
    assertThat(saltus("runs").out).contains(quick);
    assertThat(saltus("--home", "x", "--debug", "show", "@last").out).contains(quick);
    assertThat(saltus("run", "show").out).doesNotContain(quick);
    assertThat(saltus("--home", "runs", "metrics").out).doesNotContain(quick);
    assertThat(saltus("events", "show").out).doesNotContain(quick);
  }

  @Test
  void an_archive_that_cannot_be_made_is_not_tried_at_every_start() throws Exception {
    String java = FAKE_JAVA.replace("echo archive >\"${argument#*=}\"; exit 0", "exit 1");
    assertThat(java).isNotEqualTo(FAKE_JAVA);
    write(jdk.resolve("bin/java"), java, true);
    assertThat(saltus("runs").err).contains("preparing a quicker start");
    Outcome second = saltus("runs");
    assertThat(second.exit).isZero();
    assertThat(second.err).isEmpty();
  }

  @Test
  void each_jdk_has_an_archive_of_its_own_and_new_ones_are_told_what_they_warn_of()
      throws Exception {
    saltus("--version");
    release("25.0.3");
    Outcome outcome = saltus("--version");
    assertThat(outcome.out).contains("--sun-misc-unsafe-memory-access=allow");
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
    assertThat(outcome.exit).as(outcome.err).isZero();
    assertThat(outcome.out).contains(installed + "/lib/saltus-app-1.jar").endsWith("<runs>\n");
    assertThat(installed.resolve("build")).doesNotExist();
  }

  private void assertRefused(Outcome outcome, String line) throws IOException {
    assertThat(outcome.exit).isEqualTo(1);
    assertThat(outcome.out).isEmpty();
    assertThat(outcome.err).contains(line);
    assertThat(outcome.err.lines().filter(l -> !l.startsWith("saltus: "))).isEmpty();
    assertThat(folders()).isEmpty();
  }

  private Outcome saltus(String... arguments) throws Exception {
    return saltus(Map.of(), tree, tree.resolve("saltus"), arguments);
  }

  private Outcome saltus(
      Map<String, String> environment, Path folder, Path script, String... arguments)
      throws Exception {
    return outcome(start(environment, folder, script, arguments));
  }

  private Process start(
      Map<String, String> environment, Path folder, Path script, String... arguments)
      throws IOException {
    var command = new ArrayList<String>(List.of("bash", "-c"));
    // The shell knows its own process id before the process object does.
    command.add("exec >\"$0/out.$$\" 2>\"$0/err.$$\"; exec \"$@\"");
    command.add(temp.toString());
    command.add(script.toString());
    command.addAll(List.of(arguments));
    var builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().clear();
    builder.environment().put("PATH", tools + ":" + maven);
    builder.environment().put("JAVA_HOME", jdk.toString());
    builder.environment().putAll(environment);
    return builder.start();
  }

  private Outcome outcome(Process process) throws Exception {
    assertThat(process.waitFor(30, SECONDS)).as("the launcher ends").isTrue();
    return new Outcome(
        process.exitValue(),
        Files.readString(temp.resolve("out." + process.pid())),
        Files.readString(temp.resolve("err." + process.pid())),
        process.pid());
  }

  private Path current() throws IOException {
    return tree.resolve("build/current").toRealPath();
  }

  private List<String> builds() throws IOException {
    Path log = maven.resolve("maven.log");
    return Files.exists(log) ? Files.readAllLines(log) : List.of();
  }

  /** Builds that lie in the tree, under whatever name. */
  private List<Path> folders() throws IOException {
    if (!Files.isDirectory(tree.resolve("build"))) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(tree.resolve("build"))) {
      return files.filter(f -> Files.isDirectory(f) && !Files.isSymbolicLink(f)).toList();
    }
  }

  private Path source(String module) {
    return tree.resolve(module + "/src/main/java/A.java");
  }

  private void release(String version) throws IOException {
    write(jdk.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n", false);
  }

  /** As an editor would, some time later: file systems' clocks are coarse. */
  private static void change(Path file, String content) throws IOException {
    write(file, content, false);
    setTime(file);
  }

  private static void setTime(Path file) throws IOException {
    Files.setLastModifiedTime(file, FileTime.from(Instant.now().plusMillis(20)));
  }

  private static void write(Path file, String content, boolean executable) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
    if (executable) {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
  }

  private static Path find(String tool) {
    return Stream.of("/usr/bin/", "/bin/", "/usr/local/bin/")
        .map(folder -> Path.of(folder + tool))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(() -> new AssertionError("not on this machine: " + tool));
  }
}
