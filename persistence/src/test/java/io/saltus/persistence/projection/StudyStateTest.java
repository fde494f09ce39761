package io.saltus.persistence.projection;

import static org.assertj.core.api.Assertions.assertThat;

import io.saltus.experiment.RunId;
import io.saltus.experiment.StudyId;
import io.saltus.experiment.event.StudyEvent;
import io.saltus.experiment.event.StudyEvent.RunAssigned;
import io.saltus.experiment.event.StudyEvent.RunRefused;
import io.saltus.experiment.event.StudyEvent.StudyBudgeted;
import io.saltus.experiment.event.StudyEvent.StudyDeleted;
import io.saltus.experiment.event.StudyEvent.StudyExtended;
import io.saltus.experiment.event.StudyEvent.StudyOutcome;
import io.saltus.experiment.event.StudyEvent.StudyRested;
import io.saltus.experiment.event.StudyEvent.StudyStarted;
import io.saltus.experiment.event.StudyEvent.StudySubmitted;
import io.saltus.experiment.event.StudyEvent.StudyWidened;
import io.saltus.experiment.spec.ExperimentSpec;
import io.saltus.persistence.codec.SampleStudies;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class StudyStateTest {

  private static final StudyId STUDY = new StudyId("s");
  private static final RunId FIRST = STUDY.run(1);
  private static final ExperimentSpec WIDER = SampleStudies.wider();

  private static StudySubmitted submitted() {
    StudySubmitted sample = (StudySubmitted) SampleStudies.events().get("StudySubmitted");
    return new StudySubmitted(STUDY, sample.spec(), sample.code());
  }

  private static RunAssigned assigned(long seed, RunId run, boolean reused) {
    return new RunAssigned(new TreeMap<>(), seed, run, reused);
  }

  private static StudyState after(StudyEvent... events) {
    StudyState state = StudyState.empty();
    for (StudyEvent event : events) {
      state = state.apply(event);
    }
    return state;
  }

  /** The same without the number of its last event, which every event changes. */
  private static StudyState unnumbered(StudyState state) {
    return new StudyState(
        state.submission(),
        state.spec(),
        state.assignments(),
        state.refused(),
        state.deviceHours(),
        state.extension(),
        state.started(),
        state.rest(),
        state.deleted(),
        0);
  }

  @Test
  void every_event_changes_the_state_beyond_its_number() {
    List<StudyEvent> story =
        List.of(
            submitted(),
            new StudyBudgeted(2),
            new StudyExtended(500),
            new StudyStarted(),
            assigned(1, FIRST, false),
            new RunRefused(FIRST, "no memory"),
            new StudyRested(StudyOutcome.PAUSED, "the end of the day"),
            new StudyWidened(WIDER),
            new StudyDeleted());
    List<Class<?>> seen = new ArrayList<>();
    StudyState state = StudyState.empty();
    for (StudyEvent event : story) {
      StudyState next = state.apply(event);
      assertThat(unnumbered(next)).as("%s", event).isNotEqualTo(unnumbered(state));
      assertThat(next.lastSequence()).isEqualTo(state.lastSequence() + 1);
      state = next;
      seen.add(event.getClass());
    }
    assertThat(seen).containsExactlyInAnyOrder(StudyEvent.class.getPermittedSubclasses());
    assertThat(state.spec()).contains(WIDER);
    assertThat(state.submission()).contains(submitted());
    assertThat(state.deviceHours()).hasValue(2);
    assertThat(state.extension()).hasValue(500);
    assertThat(state.exists()).isFalse();
  }

  @Test
  void a_study_at_work_is_neither_at_rest_nor_refused_what_it_was_refused_before() {
    StudyState rested =
        after(
            submitted(),
            new StudyStarted(),
            assigned(1, FIRST, false),
            new RunRefused(FIRST, "no memory"),
            new StudyRested(StudyOutcome.COMPLETED, ""));
    assertThat(rested.started()).isFalse();
    assertThat(rested.refused()).containsEntry(FIRST, "no memory");

    StudyState again = rested.apply(new StudyStarted());
    assertThat(again.started()).isTrue();
    assertThat(again.refused()).isEmpty();
  }

  @Test
  void runs_of_its_own_are_numbered_in_the_order_of_their_assignment_and_reused_ones_are_not() {
    StudyState state =
        after(submitted(), assigned(1, FIRST, false), assigned(2, new RunId("other"), true));
    assertThat(state.nextRun()).isEqualTo(STUDY.run(2));
    assertThat(state.apply(assigned(1, STUDY.run(2), false)).nextRun())
        .as("one that takes another's place has a number of its own")
        .isEqualTo(STUDY.run(3));
  }

  @Test
  void an_extension_takes_the_end_of_a_complete_study_back_and_leaves_every_other_rest() {
    StudyRested paused = new StudyRested(StudyOutcome.PAUSED, "the end of the day");
    StudyRested cancelled = new StudyRested(StudyOutcome.CANCELLED, "a mistake");
    assertThat(after(submitted(), paused, new StudyExtended(500)).rest()).contains(paused);
    assertThat(after(submitted(), cancelled, new StudyExtended(500)).rest()).contains(cancelled);
    assertThat(
            after(submitted(), new StudyRested(StudyOutcome.COMPLETED, ""), new StudyExtended(500))
                .rest())
        .isEmpty();
  }

  @Test
  void runs_of_its_own_go_on_below_the_extension_and_those_of_somebody_else_never() {
    RunId other = new RunId("other");
    StudyState state = after(submitted(), assigned(1, FIRST, false), assigned(2, other, true));
    assertThat(state.goesOn(FIRST, 10)).as("nothing was extended").isFalse();

    StudyState extended = state.apply(new StudyExtended(500));
    assertThat(extended.goesOn(FIRST, 499)).isTrue();
    assertThat(extended.goesOn(FIRST, 500)).isFalse();
    assertThat(extended.goesOn(other, 10)).isFalse();
    assertThat(extended.goesOn(STUDY.run(7), 10)).as("it has no such run").isFalse();
    assertThat(extended.apply(assigned(3, FIRST, true)).goesOn(FIRST, 10))
        .as("taken for another place, and still its own")
        .isTrue();
  }

  @Test
  void nothing_is_there_before_the_submission() {
    assertThat(StudyState.empty().exists()).isFalse();
    assertThat(StudyState.empty().study()).isEmpty();
  }
}
