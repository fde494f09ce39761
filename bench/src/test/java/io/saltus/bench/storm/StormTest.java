package io.saltus.bench.storm;

import static org.assertj.core.api.Assertions.assertThat;

import io.saltus.bench.storm.RoundResult.Verdict;
import io.saltus.bench.storm.strike.Strike;
import io.saltus.bench.storm.strike.Strikes;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A short storm, and disks that lie, which a storm has to notice. */
@Tag("storm")
class StormTest {

  @TempDir Path directory;

  @Test
  void every_round_holds() throws Exception {
    List<RoundResult> results =
        play(
            20_261_125,
            named(
                Stream.of(
                    "kill-write",
                    "kill-sync",
                    "kill-checkpoint",
                    "kill-recovery",
                    "power",
                    "power-twice",
                    "sigterm",
                    "disk-full",
                    "torn-log",
                    "flip-log",
                    "flip-checkpoint",
                    "clock",
                    "two-processes",
                    "read-only")));
    assertThat(results).hasSize(14).noneMatch(each -> each.verdict() == Verdict.FAILED);
    // Without a shim, what needs none is left.
    assertThat(results).anyMatch(each -> each.verdict() == Verdict.HELD);
  }

  @Test
  void disks_that_do_not_sync_are_noticed() throws Exception {
    List<RoundResult> results =
        play(1, named(Stream.of("no-sync-journal", "no-sync-checkpoints", "no-sync-directories")));

    assertNoticed(results.get(0), "acknowledged but lost: event");
    assertNoticed(results.get(1), "acknowledged but lost: the checkpoint");
    assertNoticed(results.get(2), "acknowledged but lost: event 1");
  }

  @Test
  void a_round_is_played_again_by_its_seed_and_number() {
    StormOptions options =
        StormOptions.parse("--seed", "7", "--rounds", "9", "--strikes", "kill,power");

    assertThat(options.replay(5))
        .isEqualTo("bench/storm --seed 7 --round 5 --program scripted --strikes kill,power");
    assertThat(StormOptions.parse(arguments(options.replay(5))).only()).contains(5);
  }

  private static String[] arguments(String command) {
    return command.substring("bench/storm ".length()).split(" ", -1);
  }

  private static void assertNoticed(RoundResult result, String words) {
    if (result.verdict() != Verdict.SKIPPED) {
      assertThat(result.verdict()).isEqualTo(Verdict.FAILED);
      assertThat(result.what()).startsWith(words);
    }
  }

  private List<RoundResult> play(long seed, List<Strike> strikes) throws Exception {
    List<String> said = Collections.synchronizedList(new ArrayList<>());
    List<RoundResult> results =
        Storm.play(StormOptions.of(seed).withStrikes(strikes).withJobs(2).in(directory), said::add);
    said.forEach(System.out::println);
    return results;
  }

  private static List<Strike> named(Stream<String> names) {
    return names.map(name -> Strikes.named(name).orElseThrow()).toList();
  }
}
