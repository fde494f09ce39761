package io.saltus.actors;

import static org.assertj.core.api.Assertions.assertThat;

import io.saltus.experiment.RunId;
import io.saltus.experiment.event.AttemptEnd;
import io.saltus.experiment.event.SupervisorEvent.RunOutcome;
import io.saltus.persistence.home.Home;
import io.saltus.persistence.projection.AttemptState;
import io.saltus.persistence.projection.RunState;
import io.saltus.persistence.read.JournalReader;
import io.saltus.persistence.rocks.RocksReaders;
import io.saltus.persistence.runs.RunReader;
import io.saltus.testkit.Script;
import io.saltus.testkit.ScriptedProgram;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A session that hangs in its supervisor's process. */
@Timeout(120)
class HangingThreadTest {

  @TempDir Path directory;

  @Test
  void the_hang_is_journalled_then_the_process_ends_and_another_goes_on() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                HangingProcess.class.getName(),
                directory.toString())
            .inheritIO()
            .start();
    try {
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isEqualTo(HangingProcess.ENDED_BY_US);
    } finally {
      process.destroyForcibly();
    }
    RunState hung = state();
    assertThat(hung.step()).isLessThan(HangingProcess.HANGS_AT);
    assertThat(causes(hung)).containsExactly(AttemptEnd.HUNG);

    Settlement settlement =
        new DurableHome(directory, false)
            .goOn(
                Script.learning(), HangingProcess.RUN, ScriptedProgram.spec(HangingProcess.STEPS));

    assertThat(settlement.outcome()).isEqualTo(RunOutcome.COMPLETED);
    assertThat(settlement.step()).isEqualTo(HangingProcess.STEPS);
    assertThat(causes(state())).containsExactly(AttemptEnd.HUNG, AttemptEnd.COMPLETED);
  }

  private RunState state() {
    try (JournalReader journal = RocksReaders.open(Home.at(directory).journal())) {
      return new RunReader(journal).state(new RunId(HangingProcess.RUN));
    }
  }

  private static List<AttemptEnd> causes(RunState state) {
    return state.attempts().stream()
        .map(AttemptState::end)
        .map(end -> end.orElseThrow().cause())
        .toList();
  }
}
