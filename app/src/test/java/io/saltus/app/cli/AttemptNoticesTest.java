package io.saltus.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.saltus.actors.RunListener;
import io.saltus.experiment.event.AttemptEnd;
import io.saltus.experiment.event.RunEvent.AttemptEnded;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is said of attempts that do not end a run. */
class AttemptNoticesTest {

  private final List<String> said = new ArrayList<>();
  private final AttemptNotices notices = new AttemptNotices(said::add, RunListener.none(), null);

  @Test
  void a_run_that_gave_way_says_to_whom() {
    notices.waits("it gives way to run urgent of priority 5, and goes on by itself");
    notices.persisted(
        new AttemptEnded(1, AttemptEnd.PREEMPTED, "it gave way to run urgent of priority 5"), 9);

    assertThat(said)
        .containsExactly(
            "waiting: it gives way to run urgent of priority 5, and goes on by itself",
            "attempt 1 has ended: it gave way to run urgent of priority 5");
  }

  @Test
  void an_attempt_that_is_lost_is_a_warning_and_one_that_is_paused_is_not_worth_a_word() {
    notices.persisted(new AttemptEnded(1, AttemptEnd.KILLED, "the worker is gone"), 9);
    notices.persisted(new AttemptEnded(2, AttemptEnd.PAUSED, "lunch"), 12);

    assertThat(said).containsExactly("warning: attempt 1 is lost (killed): the worker is gone");
  }
}
