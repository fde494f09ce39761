package io.saltus.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.saltus.app.Programs;
import io.saltus.app.cli.Console.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Copies of recorded homes in the hands of this version's writer. */
class GoingOnFromRecordingTest {

  private static final Pattern DIGEST = Pattern.compile("\"digest\":\"([0-9a-f]{64})\"");

  @TempDir Path directory;

  static List<Recording> recordings() throws IOException {
    return Recording.all();
  }

  @ParameterizedTest
  @MethodSource("recordings")
  void a_run_that_was_killed_then_is_resumed_now_as_if_nothing_had_been(Recording recording)
      throws IOException {
    Console console = recording.copied(directory);
    Outcome resumed = console.run("resume", "interrupted", "--format", "json");

    assertThat(resumed.code()).as(resumed.err()).isZero();
    assertThat(resumed.err()).contains("were executed again: bit for bit as recorded");
    assertThat(resumed.out())
        .contains("\"status\":\"completed\",\"step\":200")
        .contains("\"attempts\":2,\"exact\":true");
    assertThat(digest(resumed)).isEqualTo(digest(undisturbed(console, 200)));
  }

  @ParameterizedTest
  @MethodSource("recordings")
  void a_run_of_then_is_extended_and_verified_now(Recording recording) throws IOException {
    Console console = recording.copied(directory);
    Outcome extended = console.run("extend", "killed", "--steps", "260", "--format", "json");

    assertThat(extended.code()).as(extended.err()).isZero();
    assertThat(extended.out()).contains("\"attempts\":3,\"exact\":true");
    assertThat(digest(extended)).isEqualTo(digest(undisturbed(console, 260)));
    for (String run : List.of("killed", "paused")) {
      Outcome verified = console.run("verify", run, "--format", "json");
      assertThat(verified.out()).as(verified.err()).contains("\"identical\":true");
    }
    assertThat(console.run("journal", "check").out()).startsWith("sound");
  }

  /** Whether this machine gives the bits of the recording's is not known; what follows, is. */
  @ParameterizedTest
  @MethodSource("recordings")
  void a_network_of_another_machine_is_flagged_or_refused(Recording recording) throws IOException {
    Console console = recording.copied(directory).programs(Programs.installed());
    String before = console.run("metrics", "completed", "--format", "csv").out();
    String digest = digest(console.run("show", "completed", "--format", "json"));
    Outcome extended = console.run("extend", "completed", "--steps", "150", "--format", "json");

    assertThat(extended.err())
        .contains("this attempt runs in another numeric environment than the first (")
        .contains("cpu.vendor");
    assertThat(console.run("metrics", "completed", "--format", "csv").out()).startsWith(before);
    assertThat(
            digest(console.run("replay", "completed", "--until-step", "120", "--format", "json")))
        .isEqualTo(digest);
    Outcome shown = console.run("show", "completed", "--format", "json");
    if (extended.code() == 0) {
      assertThat(shown.out())
          .contains("\"status\":\"completed\",\"step\":150")
          .contains(
              "\"exact\":null,\"exactReason\":\"attempt 2 ran in another numeric environment");
    } else {
      assertThat(extended.code()).as(extended.err()).isEqualTo(3);
      assertThat(shown.out())
          .contains("\"status\":\"failed\",\"step\":120")
          .contains("\"exact\":false");
    }
  }

  @ParameterizedTest
  @MethodSource("recordings")
  void copied_and_compacted_by_this_version_a_recorded_home_says_the_same(Recording recording)
      throws IOException {
    Console recorded = recording.copied(directory);
    Path copy = directory.resolve("copy");
    assertThat(recorded.run("journal", "copy", "--to", copy.toString()).code()).isZero();
    Console console = new Console(directory).variable("SALTUS_HOME", copy.toString());
    assertThat(console.run("journal", "compact").code()).isZero();
    for (Expectation expected : recording.expected()) {
      // The check counts snapshots, of which compacting drops the older ones.
      if (!expected.command().startsWith("journal check")) {
        assertThat(expected.differences(Expectation.of(console, expected.command())))
            .as(expected.command())
            .isEmpty();
      }
    }
    assertThat(console.run("journal", "check").out()).startsWith("sound");
  }

  private Outcome undisturbed(Console console, long steps) throws IOException {
    Path spec = directory.resolve("scripted.conf");
    Files.writeString(spec, RecordedRuns.SCRIPTED);
    return console.run("run", spec.toString(), "--steps", Long.toString(steps), "--format", "json");
  }

  private static String digest(Outcome outcome) {
    Matcher digest = DIGEST.matcher(outcome.out());
    assertThat(digest.find()).as(outcome.out() + outcome.err()).isTrue();
    return digest.group(1);
  }
}
