package io.saltus.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.saltus.app.Programs;
import io.saltus.app.cli.Console.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * A run that goes on where kernels give other bits. A process that may not use some instructions is
 * the honest stand-in for another machine.
 */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AnotherInstructionSetTest {

  private static final List<String> INSTRUCTION_SETS =
      List.of("SSE41", "AVX", "AVX2", "AVX512_CORE", "AVX512_CORE_VNNI");

  private static final String SPEC =
      """
      include "grokking"
      steps = 600
      until = null
      evaluate { every = 10 }
      checkpoint { every = "20 steps", keep-last = 50 }
      """;

  private Path directory = Path.of("");
  private Path spec = directory;
  private Map<String, String> other = Map.of();

  /** Looks for an instruction set that is here and changes what this spec computes. */
  @BeforeAll
  void find(@TempDir Path shared) throws Exception {
    directory = shared;
    spec = Files.writeString(directory.resolve("spec.conf"), SPEC);
    Path home = directory.resolve("trials").resolve("home");
    Files.createDirectories(home.getParent());
    Trial own = trial(home, "own", Map.of());
    List<String> alike = new ArrayList<>();
    for (String isa : INSTRUCTION_SETS) {
      Map<String, String> environment = Map.of("ONEDNN_MAX_CPU_ISA", isa);
      Trial trial = trial(home, isa.toLowerCase(Locale.ROOT), environment);
      assertThat(trial.canary().equals(own.canary()))
          .as("the canary tells what the digest tells: " + isa)
          .isEqualTo(trial.digest().equals(own.digest()));
      if (!trial.canary().equals(own.canary())) {
        other = environment;
        return;
      }
      alike.add(isa);
    }
    assumeTrue(false, "this processor gives the same bits with each of " + alike);
  }

  /** What a few steps gave. */
  private record Trial(String canary, String digest) {}

  private Trial trial(Path home, String name, Map<String, String> environment) throws Exception {
    Outcome run =
        SaltusProcess.run(
            home,
            environment,
            "run",
            spec.toString(),
            "--steps",
            "20",
            "--name",
            name,
            "--format",
            "json");
    assertThat(run.code()).as(run.err()).isZero();
    return new Trial(
        first(
            "\"canary\":\"([0-9a-f]{64})\"", console(home).run("events", name, "--format", "json")),
        first("\"digest\":\"([0-9a-f]{64})\"", run));
  }

  @Test
  void what_comes_out_otherwise_is_refused_and_history_stays_as_it_was() throws Exception {
    Path home = killed("refused", "fail");
    Console console = console(home);
    String shown = console.run("show", "r", "--format", "json").out();
    String series = console.run("metrics", "r").out();
    List<String> events = console.run("events", "r", "--format", "json").lines();
    Outcome resumed = SaltusProcess.run(home, other, "resume", "r", "--format", "json");

    assertThat(resumed.code()).as(resumed.err()).isEqualTo(3);
    assertSaidFirst(resumed, List.of());
    assertThat(console.run("metrics", "r").out()).isEqualTo(series);
    Outcome now = console.run("show", "r", "--format", "json");
    assertThat(now.out())
        .contains("\"status\":\"failed\"", "\"exact\":false", "\"cause\":\"diverged\"")
        .contains(first("(\"digest\":\"[0-9a-f]{64}\")", shown))
        .containsPattern("\"exactReason\":\"attempt 2 gave another [a-z.-]+ at step [0-9]+\"");
    List<String> more = console.run("events", "r", "--format", "json").lines();
    assertThat(more.subList(0, events.size())).isEqualTo(events);
    assertThat(types(more.subList(events.size(), more.size())))
        .containsSubsequence("AttemptStarted", "Diverged", "AttemptEnded", "RunFailed")
        .doesNotContain("MetricsRecorded", "HistoryRewound", "CatchUpVerified");

    // Where it began it can still go on: nothing has been lost.
    Outcome back = SaltusProcess.run(home, Map.of(), "resume", "r", "--format", "json");
    assertThat(back.code()).as(back.err()).isZero();
    assertThat(back.err()).contains("were executed again: bit for bit as recorded");
    assertThat(back.out()).contains("\"status\":\"completed\",\"step\":600", "\"exact\":false");
  }

  @Test
  void what_comes_out_otherwise_goes_on_flagged_and_what_it_supersedes_can_be_read()
      throws Exception {
    Path home = killed("flagged", "continue-flagged");
    Console console = console(home);
    String recorded = console.run("metrics", "r", "--attempt", "1").out();
    List<String> events = console.run("events", "r", "--format", "json").lines();
    Outcome resumed = SaltusProcess.run(home, other, "resume", "r", "--format", "json");

    assertThat(resumed.code()).as(resumed.err()).isZero();
    assertSaidFirst(resumed, List.of("is superseded, as on-divergence says"));
    assertThat(resumed.out())
        .contains("\"status\":\"completed\",\"step\":600", "\"attempts\":2,\"exact\":false")
        .containsPattern("\"exactReason\":\"attempt 2 gave another [a-z.-]+ at step [0-9]+\"");
    List<String> more = console.run("events", "r", "--format", "json").lines();
    assertThat(more.subList(0, events.size())).isEqualTo(events);
    List<String> types = types(more.subList(events.size(), more.size()));
    assertThat(types)
        .containsSubsequence("AttemptStarted", "Diverged", "HistoryRewound", "RunCompleted")
        .doesNotContain("CatchUpVerified");
    assertThat(types.indexOf("MetricsRecorded")).isGreaterThan(types.indexOf("HistoryRewound"));
    assertThat(console.run("metrics", "r", "--attempt", "1").out()).isEqualTo(recorded);
    int rewound =
        Integer.parseInt(first("\"type\":\"HistoryRewound\".*\"toStep\":([0-9]+)", lines(more)));
    String until = Integer.toString(rewound);
    assertThat(console.run("metrics", "r", "--until", until).out())
        .isEqualTo(console.run("metrics", "r", "--attempt", "1", "--until", until).out());
  }

  /** A run of this processor that was killed soon after step 80 of 600. */
  private Path killed(String name, String onDivergence) throws Exception {
    Path home = Files.createDirectories(directory.resolve(name)).resolve("home");
    SaltusProcess run =
        SaltusProcess.start(
            home,
            Map.of(),
            "run",
            spec.toString(),
            "--name",
            "r",
            "--set",
            "on-divergence=" + onDivergence);
    run.killOnceSaved(5);
    return home;
  }

  /** The environment is named before a difference is, and that before what follows from it. */
  private static void assertSaidFirst(Outcome outcome, List<String> further) {
    List<String> said = new ArrayList<>();
    said.add("another numeric environment than the first (canary, env.ONEDNN_MAX_CPU_ISA)");
    said.add(" came out otherwise: ");
    said.addAll(further);
    assertThat(outcome.err()).containsSubsequence(said);
  }

  private static Console console(Path home) {
    return new Console(home.getParent())
        .programs(Programs.installed())
        .variable("SALTUS_HOME", home.toString());
  }

  private static List<String> types(List<String> events) {
    return events.stream().map(event -> first("\"type\":\"([A-Za-z]+)\"", event)).toList();
  }

  private static String lines(List<String> lines) {
    return String.join("\n", lines);
  }

  private static String first(String pattern, Outcome outcome) {
    return first(pattern, outcome.out());
  }

  private static String first(String pattern, String text) {
    Matcher matcher = Pattern.compile(pattern).matcher(text);
    assertThat(matcher.find()).as(pattern + " in " + text).isTrue();
    return matcher.group(1);
  }
}
