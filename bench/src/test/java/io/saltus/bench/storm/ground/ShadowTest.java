package io.saltus.bench.storm.ground;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the shim takes for durable is what POSIX promises, and no more. */
class ShadowTest {

  private static final int KILLED = 137;

  @TempDir Path temp;

  private Field field;

  @BeforeEach
  void compile() throws Exception {
    Path root = temp.toRealPath();
    Shim shim = Shim.compile(root);
    assumeTrue(shim.library().isPresent(), shim.missing());
    field = new Field(root, shim, TrainedProgram.of("scripted"));
    Files.createDirectories(field.disk());
    Files.createDirectories(field.shadow());
  }

  @Test
  void what_was_synced_under_a_synced_name_survives_to_the_last_sync() throws Exception {
    scribe("sync:D/a:one", "sync-dir:D", "write:D/a:two");

    Shadow.cutPower(field);

    assertThat(field.disk().resolve("a")).hasContent("one");
  }

  @Test
  void a_name_that_was_not_synced_is_gone_though_its_content_was() throws Exception {
    scribe("sync:D/a:one");

    Shadow.cutPower(field);

    assertThat(field.disk()).isEmptyDirectory();
  }

  @Test
  void a_synced_name_without_a_synced_content_is_an_empty_file() throws Exception {
    scribe("write:D/a:one", "sync-dir:D");

    Shadow.cutPower(field);

    assertThat(field.disk().resolve("a")).isEmptyFile();
  }

  @Test
  void a_rename_and_a_deletion_hold_once_their_directory_is_synced() throws Exception {
    scribe("sync:D/a:one", "sync:D/b:two", "sync-dir:D");
    scribe("rename:D/a:D/c", "delete:D/b");
    Path before = temp.resolve("before");
    Trees.copy(field.shadow(), before);

    Shadow.cutPower(field);

    assertThat(field.disk().resolve("a")).hasContent("one");
    assertThat(field.disk().resolve("b")).hasContent("two");

    Trees.delete(field.disk());
    Files.move(field.root().resolve("disk.lost"), field.disk());
    Trees.copy(before, field.shadow());
    scribe("sync-dir:D");
    Shadow.cutPower(field);

    assertThat(field.disk())
        .isDirectoryContaining("glob:**/c")
        .isDirectoryNotContaining("glob:**/[ab]");
    assertThat(field.disk().resolve("c")).hasContent("one");
  }

  @Test
  void a_directory_has_a_name_only_in_a_parent_that_was_synced() throws Exception {
    scribe("make:D/in", "sync:D/in/a:one", "sync-dir:D/in");

    Shadow.cutPower(field);

    assertThat(field.disk()).isEmptyDirectory();
  }

  @Test
  void another_file_with_the_same_name_does_not_inherit_the_content() throws Exception {
    scribe("sync:D/a:one", "sync-dir:D", "delete:D/a", "write:D/a:two", "sync-dir:D");

    Shadow.cutPower(field);

    assertThat(field.disk().resolve("a")).isEmptyFile();
  }

  @Test
  void what_lay_there_before_the_first_process_is_durable() throws Exception {
    Files.createDirectories(field.home().resolve("journal"));
    Files.writeString(field.home().resolve("journal/CURRENT"), "MANIFEST-000001");
    scribe("write:D/home/journal/CURRENT:more");

    Shadow.cutPower(field);

    assertThat(field.home().resolve("journal/CURRENT")).hasContent("MANIFEST-000001");
  }

  @Test
  void a_kill_at_a_write_leaves_half_of_it() throws Exception {
    int status =
        scribe(Map.of("STORM_KILL", "write a:2:before"), "write:D/a:one", "write:D/a:four");

    assertThat(status).isEqualTo(KILLED);
    assertThat(field.disk().resolve("a")).hasContent("onefo");
  }

  @Test
  void a_swallowed_sync_makes_nothing_durable() throws Exception {
    Files.createDirectories(field.disk().resolve("journal"));
    scribe(Map.of("STORM_SWALLOW", "journal"), "sync:D/journal/a.log:one", "sync-dir:D/journal");

    Shadow.cutPower(field);

    assertThat(field.disk().resolve("journal/a.log")).isEmptyFile();
  }

  private void scribe(String... words) throws Exception {
    assertThat(scribe(Map.of(), words)).isZero();
  }

  private int scribe(Map<String, String> asked, String... words) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                Scribe.class.getName()));
    for (String word : words) {
      command.add(word.replace(":D", ":" + field.disk()));
    }
    ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
    builder.environment().put("LD_PRELOAD", field.shim().library().orElseThrow().toString());
    builder.environment().put("STORM_ROOT", field.disk().toString());
    builder.environment().put("STORM_SHADOW", field.shadow().toString());
    builder.environment().putAll(asked);
    return builder.start().waitFor();
  }
}
