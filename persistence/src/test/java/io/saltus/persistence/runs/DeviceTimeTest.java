package io.saltus.persistence.runs;

import static org.assertj.core.api.Assertions.assertThat;

import io.saltus.experiment.DeviceId;
import io.saltus.experiment.RunId;
import io.saltus.experiment.event.AttemptEnd;
import io.saltus.experiment.event.RunEvent;
import io.saltus.experiment.metric.Catalogue;
import io.saltus.persistence.codec.Samples;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** In the journal of these tests a second passes with each event, whosever it is. */
class DeviceTimeTest {

  private static final RunId A = new RunId("a");
  private static final RunId OTHER = new RunId("other");

  private final ScriptedJournal journal =
      new ScriptedJournal().append(A, RunScript.submitted(A)).append(OTHER, submitted());

  private static RunEvent submitted() {
    return RunScript.submitted(OTHER);
  }

  private void pass(int seconds) {
    for (int i = 0; i < seconds; i++) {
      journal.append(OTHER, new RunEvent.RunResumed());
    }
  }

  private static RunEvent ended(int attempt, AttemptEnd cause) {
    return new RunEvent.AttemptEnded(attempt, cause, "");
  }

  private static RunEvent note() {
    return (RunEvent) Samples.allEvents().get("RunAnnotated");
  }

  private Duration used() {
    return DeviceTime.of(journal, A);
  }

  @Test
  void a_run_that_never_had_a_device_has_used_none() {
    assertThat(used()).isZero();
    assertThat(DeviceTime.of(journal, new RunId("nobody"))).isZero();
  }

  @Test
  void attempts_count_from_their_begin_to_their_end_and_what_lies_between_them_does_not() {
    journal.append(A, RunScript.started(1, -1));
    pass(9);
    journal.append(A, ended(1, AttemptEnd.PAUSED), new RunEvent.RunPaused(0, ""));
    pass(100);
    journal.append(A, new RunEvent.RunResumed(), RunScript.started(2, -1));
    pass(4);
    journal.append(A, ended(2, AttemptEnd.KILLED));
    assertThat(used()).isEqualTo(Duration.ofSeconds(10 + 5));
  }

  @Test
  void an_attempt_without_an_end_counts_until_the_last_that_it_journalled() {
    journal.append(A, RunScript.started(1, -1));
    pass(2);
    journal.append(A, RunScript.frame(1, 0, 9));
    pass(3);
    journal.append(A, RunScript.checkpoint(1, 9));
    assertThat(used()).isEqualTo(Duration.ofSeconds(3 + 4));
    pass(100);
    journal.append(A, note());
    assertThat(used()).as("what people say of it uses no device").isEqualTo(Duration.ofSeconds(7));
  }

  @Test
  void the_end_that_a_later_process_gives_to_an_attempt_is_not_when_it_ended() {
    journal.append(A, RunScript.started(1, -1), RunScript.frame(1, 0, 9));
    pass(1_000);
    journal.append(A, ended(1, AttemptEnd.INTERRUPTED), new RunEvent.RunResumed());
    pass(100);
    journal.append(A, RunScript.started(2, 9), ended(2, AttemptEnd.COMPLETED));
    assertThat(used()).isEqualTo(Duration.ofSeconds(1 + 1));
  }

  @Test
  void an_attempt_that_begins_ends_one_that_was_left_open() {
    journal.append(A, RunScript.started(1, -1), RunScript.frame(1, 0, 9));
    pass(50);
    journal.append(A, RunScript.started(2, -1), RunScript.frame(2, 0, 9));
    assertThat(used()).isEqualTo(Duration.ofSeconds(1 + 1));
  }

  @Test
  void every_device_counts() {
    journal.append(
        A,
        new RunEvent.AttemptStarted(
            1,
            List.of(new DeviceId("cpu", 0), new DeviceId("cpu", 1)),
            -1,
            Samples.fingerprint(),
            new Catalogue(List.of())));
    pass(2);
    journal.append(A, ended(1, AttemptEnd.COMPLETED));
    assertThat(used()).isEqualTo(Duration.ofSeconds(2 * 3));
  }
}
