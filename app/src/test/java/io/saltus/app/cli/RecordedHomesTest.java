package io.saltus.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.saltus.app.BuildFacts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Homes that released versions left behind, with runs that were completed, killed, paused, forked,
 * damaged and more: this version must say of them what their own version said.
 */
class RecordedHomesTest {

  private static final Pattern PATH = Pattern.compile("(^|[^A-Za-z0-9./])/[A-Za-z0-9_.-]+/");

  /** What a machine must be called to record on it: RocksDB writes the name into its tables. */
  private static final String RECORDER = "recorder";

  @TempDir Path directory;

  static List<Recording> recordings() throws IOException {
    return Recording.all();
  }

  @Test
  void this_version_is_recorded_when_that_is_asked_for() throws Exception {
    Recording recording = Recording.ofThisVersion();
    assumeTrue(Boolean.getBoolean("saltus.recordings.write"), "-Dsaltus.recordings.write=true");
    assertThat(recording.directory()).as("is there already").doesNotExist();
    assertThat(Files.readString(Path.of("/proc/sys/kernel/hostname")).strip())
        .as("name of the machine: see docs/formats/recordings.md")
        .isEqualTo(RECORDER);
    recording.take(RecordedRuns.record(directory.resolve("fresh")));
    recording.expect(
        Expectation.all(recording.copied(Files.createDirectory(directory.resolve("read")))));
  }

  @Test
  void a_release_has_its_recording() throws IOException {
    assertThat(recordings()).isNotEmpty();
    if (!BuildFacts.read().version().endsWith("-SNAPSHOT")) {
      assertThat(recordings()).contains(Recording.ofThisVersion());
    }
  }

  @ParameterizedTest
  @MethodSource("recordings")
  void every_run_is_rebuilt_as_it_was_recorded(Recording recording) throws IOException {
    Console console = recording.copied(directory);
    for (Expectation expected : recording.expected()) {
      assertThat(expected.differences(Expectation.of(console, expected.command())))
          .as(expected.command())
          .isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("recordings")
  void snapshots_and_kept_digests_say_nothing_else_than_the_events(Recording recording)
      throws IOException {
    List<Expectation> all = recording.expected();
    List<Expectation> shown =
        all.stream().filter(each -> each.command().startsWith("show ")).toList();
    assertThat(shown).isNotEmpty();
    for (Expectation show : shown) {
      String replay = show.command().replaceFirst("show", "replay");
      assertThat(all).contains(new Expectation(replay, show.printed()));
    }
  }

  @ParameterizedTest
  @MethodSource("recordings")
  void one_byte_of_an_expectation_that_is_changed_is_noticed(Recording recording)
      throws IOException {
    for (Expectation expected : recording.expected()) {
      assertThat(expected.differences(expected)).isEmpty();
      List<Expectation> mutations = expected.mutations();
      assertThat(mutations).allMatch(mutated -> !mutated.differences(expected).isEmpty());
      assertThat(mutations.isEmpty()).isEqualTo(expected.printed().equals(List.of()));
    }
  }

  @ParameterizedTest
  @MethodSource("recordings")
  void a_recording_is_small_and_holds_no_path_host_or_user(Recording recording) throws IOException {
    List<String> forbidden =
        Stream.of(
                System.getProperty("user.home"),
                System.getProperty("java.io.tmpdir"),
                Files.readString(Path.of("/proc/sys/kernel/hostname")).strip(),
                System.getProperty("user.name"))
            .filter(word -> word.length() > 3 && !word.equals(RECORDER))
            .toList();
    long size = 0;
    for (Path file : recording.files()) {
      size += Files.size(file);
      assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
          .as(file.toString())
          .doesNotContain(forbidden);
    }
    assertThat(size).isLessThan(1 << 20);
    // Tables are compressed: the events in them are read as they are shown.
    Console console = recording.copied(directory);
    for (Expectation expected : recording.expected()) {
      if (expected.command().startsWith("events ")) {
        String shown = console.run(expected.command().split(" ")).out();
        assertThat(shown).as(expected.command()).doesNotContain(forbidden);
        assertThat(PATH.matcher(shown).find()).as(expected.command()).isFalse();
      }
    }
  }
}
