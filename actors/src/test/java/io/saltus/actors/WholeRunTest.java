package io.saltus.actors;

import static org.assertj.core.api.Assertions.assertThat;

import io.saltus.experiment.event.AttemptEnd;
import io.saltus.experiment.event.RunEvent;
import io.saltus.experiment.event.SupervisorEvent.RunOutcome;
import io.saltus.testkit.Script;
import io.saltus.testkit.ScriptedProgram;
import io.saltus.testkit.ScriptedSession;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Runs from their submission to their rest, over a journal in memory. */
class WholeRunTest {

  @Test
  void a_run_is_journalled_from_its_submission_to_its_last_step() {
    try (Stage stage = new Stage(Script.learning())) {
      Recorded heard = new Recorded();
      Settlement settlement = stage.run("a", ScriptedProgram.spec(500), heard);
      assertThat(settlement.outcome()).isEqualTo(RunOutcome.COMPLETED);
      assertThat(settlement.step()).isEqualTo(500);
      assertThat(settlement.cause()).contains(AttemptEnd.COMPLETED);
      assertThat(heard.story())
          .containsExactly(
              "RunSubmitted", "AttemptStarted", "MetricsRecorded", "AttemptEnded", "RunCompleted");
      assertThat(heard.only(RunEvent.RunCompleted.class))
          .isEqualTo(new RunEvent.RunCompleted(500, Optional.empty()));
      assertThat(stage.journalled("a")).isEqualTo(heard.events());
      ScriptedSession session = stage.program.sessions().get(0);
      assertThat(session.threads()).containsExactly("saltus-session");
    }
  }
}
