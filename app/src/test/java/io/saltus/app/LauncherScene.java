package io.saltus.app;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

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
import org.junit.jupiter.api.io.TempDir;

/**
 * The launcher script in a small source tree whose path has a space, with a Maven and a JDK that
 * only write down how they were called. Nothing else but the listed tools is on the path.
 */
class LauncherScene {
  static final Path SCRIPT = Path.of("").toAbsolutePath().getParent().resolve("saltus");

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
  static final String FAKE_JAVA =
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

  Path tree;
  Path jdk;
  Path tools;
  Path maven;

  record Outcome(int exit, String out, String err, long pid) {}

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

  void assertRefused(Outcome outcome, String line) throws IOException {
    assertThat(outcome.exit).isEqualTo(1);
    assertThat(outcome.out).isEmpty();
    assertThat(outcome.err).contains(line);
    assertThat(outcome.err.lines().filter(l -> !l.startsWith("saltus: "))).isEmpty();
    assertThat(folders()).isEmpty();
  }

  Outcome saltus(String... arguments) throws Exception {
    return saltus(Map.of(), tree, tree.resolve("saltus"), arguments);
  }

  Outcome saltus(Map<String, String> environment, Path folder, Path script, String... arguments)
      throws Exception {
    return outcome(start(environment, folder, script, arguments));
  }

  Process start(Map<String, String> environment, Path folder, Path script, String... arguments)
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

  Outcome outcome(Process process) throws Exception {
    assertThat(process.waitFor(30, SECONDS)).as("the launcher ends").isTrue();
    return new Outcome(
        process.exitValue(),
        Files.readString(temp.resolve("out." + process.pid())),
        Files.readString(temp.resolve("err." + process.pid())),
        process.pid());
  }

  Path current() throws IOException {
    return tree.resolve("build/current").toRealPath();
  }

  List<String> builds() throws IOException {
    Path log = maven.resolve("maven.log");
    return Files.exists(log) ? Files.readAllLines(log) : List.of();
  }

  /** Builds that lie in the tree, under whatever name. */
  List<Path> folders() throws IOException {
    if (!Files.isDirectory(tree.resolve("build"))) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(tree.resolve("build"))) {
      return files.filter(f -> Files.isDirectory(f) && !Files.isSymbolicLink(f)).toList();
    }
  }

  Path source(String module) {
    return tree.resolve(module + "/src/main/java/A.java");
  }

  void release(String version) throws IOException {
    write(jdk.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n", false);
  }

  /** As an editor would, some time later: file systems' clocks are coarse. */
  static void change(Path file, String content) throws IOException {
    write(file, content, false);
    setTime(file);
  }

  static void setTime(Path file) throws IOException {
    Files.setLastModifiedTime(file, FileTime.from(Instant.now().plusMillis(20)));
  }

  static void write(Path file, String content, boolean executable) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
    if (executable) {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
  }

  static Path find(String tool) {
    return Stream.of("/usr/bin/", "/bin/", "/usr/local/bin/")
        .map(folder -> Path.of(folder + tool))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(() -> new AssertionError("not on this machine: " + tool));
  }
}
