package io.saltus.app;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the launcher builds, when, and what it says when it cannot. */
class LauncherBuildTest extends LauncherScene {

  @Test
  void the_first_use_builds_and_the_second_does_not() throws Exception {
    Outcome first = saltus("runs", "--format", "json");
    assertThat(first.exit()).as(first.err()).isZero();
    assertThat(first.out()).contains("<runs>\n<--format>\n<json>\n");
    assertThat(first.err()).contains("saltus: first use: building").contains("building app [1/1]");
    assertThat(builds()).hasSize(1);

    Outcome second = saltus("runs");
    assertThat(second.exit()).isZero();
    assertThat(second.err()).isEmpty();
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
  void standard_output_holds_nothing_of_the_build() throws Exception {
    assertThat(saltus("--version").out()).startsWith("pid ");
  }

  @Test
  void a_changed_source_is_built_into_a_fresh_folder() throws Exception {
    saltus("--version");
    Path before = current();
    change(source("experiment"), "second");
    Outcome outcome = saltus("--version");
    assertThat(outcome.err()).contains("the sources have changed: building");
    assertThat(current()).isNotEqualTo(before);
    assertThat(current().resolve("lib/saltus-app-1.jar")).hasContent("second");
    assertThat(before).doesNotExist();
    assertThat(outcome.out()).contains(current() + "/lib/saltus-app-1.jar");
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
    assertThat(outcome.err()).isEmpty();
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
    assertThat(outcome(first).exit()).isZero();
    assertThat(outcome(second).exit()).isZero();
    assertThat(builds()).hasSize(1);
  }

  @Test
  void the_lock_of_a_dead_owner_is_taken_over_without_flock() throws Exception {
    Files.delete(tools.resolve("flock"));
    Process dead = new ProcessBuilder("true").start();
    dead.waitFor();
    write(tree.resolve("build/.lock.d/pid"), dead.pid() + "\n", false);
    assertThat(saltus("--version").exit()).isZero();
  }

  @Test
  void a_failed_build_says_what_failed_and_leaves_nothing_half_done() throws Exception {
    write(maven.resolve("broken"), "", false);
    Outcome outcome = saltus("--version");
    assertThat(outcome.exit()).isEqualTo(1);
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.err())
        .contains("Broken.java:[1,1] no such thing")
        .contains("saltus: the build failed: see ");
    assertThat(folders()).isEmpty();

    Files.delete(maven.resolve("broken"));
    assertThat(saltus("--version").exit()).isZero();
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
    assertThat(saltus("runs").exit()).isZero();
  }
}
