package io.saltus.actors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.saltus.actors.TrainerTransitions.Transition;
import io.saltus.experiment.event.AttemptEnd;
import io.saltus.experiment.event.RunEvent;
import io.saltus.persistence.projection.RunState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The table of a trainer's life, and its diagram. */
class TrainerTransitionsTest {

  private static final Path DOCUMENT = Path.of("../docs/architecture/trainer.md");

  /**
   * The document is written by this test with {@code -Dsaltus.diagrams=write}.
   *
   * @throws IOException when it cannot be read
   */
  @Test
  void the_diagram_in_the_documentation_is_that_of_the_table() throws IOException {
    String drawn = TrainerDiagram.document(TrainerTransitions.all());
    if ("write".equals(System.getProperty("saltus.diagrams"))) {
      Files.createDirectories(DOCUMENT.getParent());
      Files.writeString(DOCUMENT, drawn);
    }
    assertThat(DOCUMENT).hasContent(drawn);
  }

  @Test
  void a_phase_and_a_trigger_have_one_row_at_most() {
    Set<List<Object>> seen = new HashSet<>();
    for (Transition row : TrainerTransitions.all()) {
      assertThat(seen.add(List.of(row.from(), row.on())))
          .as("%s on %s", row.from(), row.on())
          .isTrue();
    }
  }

  @Test
  void every_phase_can_be_reached_and_every_trigger_moves_something() {
    Set<TrainerPhase> reached = EnumSet.of(TrainerPhase.UNKNOWN);
    // A trainer also begins where the journal of an earlier one ends.
    reached.add(TrainerPhase.INTERRUPTED);
    Deque<TrainerPhase> open = new ArrayDeque<>(reached);
    while (!open.isEmpty()) {
      TrainerPhase from = open.remove();
      for (Transition row : TrainerTransitions.all()) {
        if (row.from() == from && reached.add(row.to())) {
          open.add(row.to());
        }
      }
    }
    assertThat(reached).containsExactlyInAnyOrder(TrainerPhase.values());
    assertThat(TrainerTransitions.all().stream().map(Transition::on))
        .contains(TrainerTrigger.values());
  }

  @Test
  void what_follows_the_end_of_a_run_is_asked_for_by_people() {
    assertThat(TrainerTransitions.all().stream().filter(row -> row.from() == TrainerPhase.ENDED))
        .extracting(Transition::on)
        .containsOnly(
            TrainerTrigger.ANNOTATE,
            TrainerTrigger.RESUME,
            TrainerTrigger.EXTEND,
            TrainerTrigger.DELETE);
    assertThat(TrainerTransitions.all()).noneMatch(row -> row.from() == TrainerPhase.DELETED);
  }

  @Test
  void a_working_phase_survives_no_restart_and_ends_with_an_event() {
    for (Transition row : TrainerTransitions.all()) {
      // A session that is lost, or not needed any more, while it opens has begun no attempt: there
      // is nothing to end.
      boolean unbegun =
          row.on() == TrainerTrigger.OPENING_LOST
              || (row.from() == TrainerPhase.OPENING && row.on() == TrainerTrigger.GIVE_WAY);
      if (!row.from().atRest() && row.to().atRest() && !unbegun) {
        assertThat(row.journals()).as("%s on %s", row.from(), row.on()).isNotEmpty();
      }
    }
  }

  @Test
  void a_row_refuses_events_that_it_does_not_journal() {
    Transition row =
        TrainerTransitions.find(TrainerPhase.TRAINING, TrainerTrigger.SESSION_FAILED).orElseThrow();
    RunEvent ended = new RunEvent.AttemptEnded(1, AttemptEnd.EXCEPTION, "it broke");
    RunEvent failed = new RunEvent.RunFailed(3, AttemptEnd.EXCEPTION, "it broke");
    row.check(List.of(ended, failed));
    assertThatThrownBy(() -> row.check(List.of(failed, ended)))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> row.check(List.of(new RunEvent.RunPaused(3, ""))))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("RunPaused");
  }

  @Test
  void a_run_without_events_is_unknown() {
    assertThat(TrainerPhase.of(RunState.empty())).isEqualTo(TrainerPhase.UNKNOWN);
  }
}
