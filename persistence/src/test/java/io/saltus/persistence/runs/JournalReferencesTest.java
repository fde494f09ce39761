package io.saltus.persistence.runs;

import static org.assertj.core.api.Assertions.assertThat;

import io.saltus.experiment.RunId;
import io.saltus.experiment.event.RunEvent;
import io.saltus.persistence.checkpoint.CheckpointReferences;
import io.saltus.persistence.checkpoint.JournalReferences;
import io.saltus.persistence.codec.Samples;
import org.junit.jupiter.api.Test;

class JournalReferencesTest {

  private static final RunId A = new RunId("a");
  private static final RunId B = new RunId("b");
  private static final RunId BROKEN = new RunId("broken");

  private final ScriptedJournal journal = new ScriptedJournal();
  private final JournalReferences references = new JournalReferences(() -> journal);

  @Test
  void they_are_those_of_all_runs_whenever_they_are_asked_for() {
    journal.append(A, RunScript.submitted(A), RunScript.started(1, -1));
    journal.append(B, RunScript.submitted(B), RunScript.started(1, -1));
    assertThat(references.get().checkpoints()).isEmpty();

    journal.append(A, RunScript.checkpoint(1, 10));
    journal.append(B, RunScript.checkpoint(1, 20), RunScript.checkpoint(1, 10));
    assertThat(references.get().checkpoints())
        .containsExactlyInAnyOrder(Samples.sha("state 10"), Samples.sha("state 20"));

    journal.append(B, new RunEvent.CheckpointDropped(20, Samples.sha("state 20")));
    journal.append(A, new RunEvent.RunDeleted());
    assertThat(references.get().checkpoints()).containsExactly(Samples.sha("state 10"));
    assertEqualToAFreshLook();

    journal.append(B, new RunEvent.RunDeleted());
    assertThat(references.get().checkpoints()).isEmpty();
  }

  @Test
  void a_run_that_cannot_be_read_is_named_each_time() {
    journal.append(A, RunScript.submitted(A), RunScript.started(1, -1));
    journal.append(BROKEN, RunScript.submitted(BROKEN));
    journal.append(BROKEN, "FromTheFuture", new byte[] {1});

    assertThat(references.get().unreadable()).hasSize(1);
    journal.append(A, RunScript.checkpoint(1, 10));
    assertThat(references.get().unreadable()).hasSize(1);
    assertEqualToAFreshLook();
  }

  private void assertEqualToAFreshLook() {
    assertThat(references.get()).isEqualTo(CheckpointReferences.of(new RunReader(journal).list()));
  }
}
