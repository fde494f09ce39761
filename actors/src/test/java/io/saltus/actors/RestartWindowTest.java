package io.saltus.actors;

import static org.assertj.core.api.Assertions.assertThat;

import io.saltus.experiment.RunId;
import io.saltus.experiment.event.AttemptEnd;
import io.saltus.experiment.event.SupervisorEvent.RunOutcome;
import io.saltus.experiment.session.SessionLostException;
import io.saltus.experiment.spec.ExperimentSpec;
import io.saltus.testkit.Script;
import io.saltus.testkit.ScriptedProgram;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A budget of restarts that was spent in a process before. */
class RestartWindowTest {

  private static final String TWICE =
      """
      saltus.actors.restart { budget = 2, window = 1 hour, first-wait = 1 ms, longest-wait = 2 ms }
      """;
  private static final ExperimentSpec SPEC = ScriptedProgram.spec(200);

  @TempDir Path directory;

  @Test
  void it_stays_spent_for_the_next_process_until_the_window_is_over_by_the_time_in_the_journal() {
    AtomicInteger left = new AtomicInteger(3 + 1 + 2);
    ScriptedProgram program =
        new ScriptedProgram(
            Script.learning()
                .beforeStep(
                    at -> {
                      if (at == 140 && left.getAndDecrement() > 0) {
                        throw new SessionLostException(AttemptEnd.KILLED, "the worker is gone");
                      }
                    }));
    DurableHome home = new DurableHome(directory);
    AtomicReference<Settlement> rest = new AtomicReference<>();
    home.process(
        program,
        TWICE,
        Clock.systemUTC(),
        supervision ->
            rest.set(
                Stage.await(
                    DurableHome.submit(supervision, "a", SPEC, RunListener.none()).settled())));
    assertThat(rest.get().message())
        .isEqualTo("the worker is gone (3 attempts in a row came to no new step)");

    home.process(program, TWICE, Clock.systemUTC(), supervision -> rest.set(resumed(supervision)));
    assertThat(rest.get().message())
        .isEqualTo("the worker is gone (4 attempts in a row came to no new step)");

    // So many that the ends of attempts do not lie among the last events.
    home.process(
        program,
        TWICE,
        Clock.systemUTC(),
        supervision -> {
          for (int k = 0; k < 50; k++) {
            Stage.await(supervision.annotate(new RunId("a"), Stage.note("note " + k)));
          }
        });
    Clock later = Clock.offset(Clock.systemUTC(), Duration.ofHours(2));
    home.process(program, TWICE, later, supervision -> rest.set(resumed(supervision)));
    assertThat(rest.get().outcome()).isEqualTo(RunOutcome.COMPLETED);
    assertThat(left.get()).isNegative();
  }

  private static Settlement resumed(Supervision supervision) {
    return Stage.await(DurableHome.resume(supervision, "a", SPEC, RunListener.none()).settled());
  }
}
