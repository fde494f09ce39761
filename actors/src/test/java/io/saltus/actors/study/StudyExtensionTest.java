package io.saltus.actors.study;

import static org.assertj.core.api.Assertions.assertThat;

import io.saltus.actors.study.FakeDesk.Begin;
import io.saltus.experiment.RunId;
import io.saltus.experiment.event.StudyEvent;
import io.saltus.experiment.event.StudyEvent.RunAssigned;
import io.saltus.experiment.event.StudyEvent.RunRefused;
import io.saltus.experiment.event.StudyEvent.StudyBudgeted;
import io.saltus.experiment.event.StudyEvent.StudyExtended;
import io.saltus.experiment.event.StudyEvent.StudyOutcome;
import io.saltus.experiment.event.StudyEvent.StudyRested;
import io.saltus.experiment.event.SupervisorEvent.RunOutcome;
import io.saltus.persistence.projection.RunStatus;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Studies whose runs go on to a later last step. */
class StudyExtensionTest {

  private static final StudyEvent SUBMITTED = StudyStage.submitted(StudyStage.spec());
  private static final StudyExtended TO_30 = new StudyExtended(30);
  private static final RunId OTHER = new RunId("other");

  private final StudyStage stage = new StudyStage();
  private final FakeDesk desk = stage.desk;

  @AfterEach
  void stop() {
    stage.close();
  }

  private static RunId run(long number) {
    return StudyStage.run(number);
  }

  private void completeAll() {
    StudyOrder order = stage.order(SUBMITTED);
    stage.conduct(order);
    stage.completeRest(order, 4);
  }

  private CompletionStage<Done> extend(ActorRef<StudyCommand> actor, long steps) {
    return stage.asked(actor, replyTo -> new StudyCommand.Extend(steps, replyTo));
  }

  /** The next run goes on to a later last step, and comes to it with what follows on that. */
  private String completeExtended(long step) {
    Begin begin = desk.nextBegin().accept();
    assertThat(begin.extension()).hasValue(step);
    begin.completeAt(step);
    desk.nextFinish().done();
    return begin.place() + " " + begin.run();
  }

  private void assertComplete(StudyOrder order) {
    assertThat(StudyStage.await(order.settled()))
        .isEqualTo(new StudyEnd(StudyStage.STUDY, StudyOutcome.COMPLETED, ""));
    assertThat(desk.untaken()).isEmpty();
  }

  @Test
  void complete_runs_go_on_to_the_later_step_and_no_other_is_begun() {
    completeAll();
    StudyOrder order = stage.order(TO_30);
    stage.conduct(order);
    List<String> gone = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      gone.add(completeExtended(30));
    }
    assertComplete(order);
    assertThat(gone).containsExactly("10/1 s.1", "10/2 s.2", "20/1 s.3", "20/2 s.4");
    assertThat(stage.events(RunAssigned.class)).hasSize(4);
    assertThat(stage.heard.news).contains("started 0 of 4", "extended s.1 to 30");

    StudyOrder again = stage.order();
    stage.conduct(again);
    assertComplete(again);
    assertThat(stage.heard.news).contains("started 4 of 4");
  }

  @Test
  void the_extension_stands_in_the_journal_before_the_desk_is_asked_for_a_run() {
    completeAll();
    List<Boolean> known = Collections.synchronizedList(new ArrayList<>());
    desk.beforeBegin(run -> known.add(stage.events(StudyExtended.class).contains(TO_30)));
    StudyOrder order = stage.order(TO_30);
    stage.conduct(order);
    for (int i = 0; i < 4; i++) {
      completeExtended(30);
    }
    assertComplete(order);
    assertThat(known).containsExactly(true, true, true, true);
  }

  @Test
  void a_run_that_is_not_complete_comes_to_its_planned_end_first_and_goes_on_from_there() {
    StudyOrder order = stage.order(SUBMITTED);
    ActorRef<StudyCommand> study = stage.conduct(order);
    desk.nextBegin().accept().rest(RunOutcome.PAUSED);
    Begin second = desk.nextBegin().accept();
    CompletionStage<Done> rested = stage.rest(study);
    desk.nextPause();
    second.rest(RunOutcome.PAUSED);
    StudyStage.await(rested);

    StudyOrder extended = stage.order(TO_30);
    stage.conduct(extended);
    List<String> ends = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      Begin planned = desk.nextBegin().accept();
      assertThat(planned.extension()).as("only where it is complete").hasValue(30);
      planned.rest(RunOutcome.COMPLETED);
      ends.add(planned.place() + " " + planned.run());
      ends.add(completeExtended(30));
    }
    assertComplete(extended);
    assertThat(ends)
        .containsExactly(
            "10/1 s.1",
            "10/1 s.1",
            "10/2 s.2",
            "10/2 s.2",
            "20/1 s.3",
            "20/1 s.3",
            "20/2 s.4",
            "20/2 s.4");
    assertThat(desk.mostInHand()).isEqualTo(1);
    assertThat(stage.heard.news)
        .filteredOn("rested s.3 COMPLETED"::equals)
        .as("the end that counts is told, and no other")
        .hasSize(1);
  }

  @Test
  void a_process_that_ends_between_a_planned_end_and_its_extension_loses_nothing() {
    StudyOrder order = stage.order(SUBMITTED, TO_30);
    ActorRef<StudyCommand> dead = stage.conduct(order);
    desk.nextBegin().accept().rest(RunOutcome.COMPLETED);
    assertThat(desk.nextBegin().run()).isEqualTo(run(1));
    stage.actors.stop(dead);

    // The desk had not come to it; then to all of it: the run is there, and waits.
    for (RunStatus status : List.of(RunStatus.COMPLETED, RunStatus.QUEUED)) {
      desk.stands(run(1), status);
      StudyOrder next = stage.order();
      ActorRef<StudyCommand> study = stage.conduct(next);
      Begin begin = desk.nextBegin();
      assertThat(begin.run()).isEqualTo(run(1));
      assertThat(begin.extension()).hasValue(30);
      stage.actors.stop(study);
    }
    assertThat(stage.events(StudyExtended.class)).containsExactly(TO_30);
    assertThat(stage.events(RunAssigned.class)).hasSize(1);
  }

  @Test
  void an_extension_that_finds_the_actor_dead_counts_for_whoever_goes_on_with_the_study() {
    ActorRef<StudyCommand> dead = stage.conduct(stage.order(SUBMITTED));
    desk.nextBegin().accept();
    stage.actors.stop(dead);
    ActorRef<StudyCommand> next = stage.spawn();
    StudyStage.await(extend(next, 30));
    assertThat(stage.events(StudyExtended.class)).containsExactly(TO_30);
    stage.actors.stop(next);

    desk.stands(run(1), RunStatus.COMPLETED, 10);
    StudyOrder order = stage.order();
    stage.conduct(order);
    List<String> ends = new ArrayList<>();
    ends.add(completeExtended(30));
    for (int i = 0; i < 3; i++) {
      desk.nextBegin().accept().rest(RunOutcome.COMPLETED);
      ends.add(completeExtended(30));
    }
    assertComplete(order);
    assertThat(ends).containsExactly("10/1 s.1", "10/2 s.2", "20/1 s.3", "20/2 s.4");
  }

  @Test
  void a_study_at_work_takes_its_complete_runs_up_again_and_those_in_hand_go_on_at_their_end() {
    StudyOrder order = stage.order(3, false, false, SUBMITTED);
    ActorRef<StudyCommand> study = stage.conduct(order);
    stage.complete(desk.nextBegin());
    Begin second = desk.nextBegin().accept();
    Begin finishing = desk.nextBegin().accept();
    finishing.rest(RunOutcome.COMPLETED);
    FakeDesk.Ask conclusion = desk.nextFinish();
    Begin paused = desk.nextBegin().accept();
    paused.rest(RunOutcome.PAUSED);
    stage.calm(study);

    StudyStage.await(extend(study, 30));
    assertThat(stage.events(StudyExtended.class)).containsExactly(TO_30);
    Begin first = desk.nextBegin().accept();
    assertThat(first.run()).isEqualTo(run(1));
    stage.calm(study);
    assertThat(desk.untaken()).as("what is in hand, or was left to rest").isEmpty();
    conclusion.done();
    Begin third = desk.nextBegin().accept();
    assertThat(third.run()).isEqualTo(run(3));
    second.rest(RunOutcome.COMPLETED);
    Begin further = desk.nextBegin().accept();
    assertThat(further.run()).isEqualTo(run(2));
    for (Begin each : List.of(first, third, further)) {
      each.completeAt(30);
      desk.nextFinish().done();
    }

    assertThat(StudyStage.await(order.settled()).reason()).isEqualTo("1 run rests");
    assertThat(desk.untaken()).isEmpty();
    assertThat(stage.heard.news)
        .filteredOn(news -> news.startsWith("extended"))
        .containsExactly(
            "extended s.1 to 30, told", "extended s.3 to 30, told", "extended s.2 to 30");
    assertThat(stage.heard.news).filteredOn(news -> news.startsWith("started")).hasSize(1);
  }

  @Test
  void what_goes_on_waits_for_room_like_any_other() {
    StudyOrder order = stage.order(SUBMITTED);
    ActorRef<StudyCommand> study = stage.conduct(order);
    desk.nextBegin().accept().rest(RunOutcome.COMPLETED);
    FakeDesk.Ask conclusion = desk.nextFinish();
    Begin second = desk.nextBegin().accept();
    stage.calm(study);
    StudyStage.await(extend(study, 30));
    conclusion.done();
    stage.calm(study);
    assertThat(desk.untaken()).isEmpty();

    second.rest(RunOutcome.COMPLETED);
    assertThat(completeExtended(30)).isEqualTo("10/2 s.2");
    assertThat(completeExtended(30)).isEqualTo("10/1 s.1");
    for (String place : List.of("20/1 s.3", "20/2 s.4")) {
      desk.nextBegin().accept().rest(RunOutcome.COMPLETED);
      assertThat(completeExtended(30)).isEqualTo(place);
    }
    assertComplete(order);
    assertThat(desk.mostInHand()).isEqualTo(1);
  }

  @Test
  void an_extension_that_comes_before_the_runs_are_known_is_no_second_look() {
    completeAll();
    desk.hold();
    StudyOrder order = stage.order();
    ActorRef<StudyCommand> study = stage.conduct(order);
    StudyStage.await(extend(study, 30));
    desk.see();
    for (int i = 0; i < 4; i++) {
      completeExtended(30);
    }
    assertComplete(order);
  }

  @Test
  void an_extension_during_a_rest_lets_the_study_rest_and_counts_the_next_time() {
    StudyOrder order = stage.order(SUBMITTED);
    ActorRef<StudyCommand> study = stage.conduct(order);
    Begin begin = desk.nextBegin().accept();
    stage.calm(study);
    CompletionStage<Done> rested = stage.rest(study);
    StudyStage.await(extend(study, 30));
    desk.nextPause();
    begin.rest(RunOutcome.COMPLETED);
    desk.nextFinish().done();
    StudyStage.await(rested);
    assertThat(StudyStage.await(order.settled()).outcome()).isEqualTo(StudyOutcome.PAUSED);

    StudyOrder next = stage.order();
    stage.conduct(next);
    assertThat(completeExtended(30)).isEqualTo("10/1 s.1");
  }

  @Test
  void a_study_at_rest_is_extended_and_waits_for_somebody_who_goes_on_with_it() {
    completeAll();
    ActorRef<StudyCommand> study = stage.spawn();
    StudyStage.await(extend(study, 30));
    assertThat(stage.lastEvent()).isEqualTo(TO_30);
    assertThat(stage.state().rest()).as("it is at its end no longer").isEmpty();
    assertThat(desk.untaken()).isEmpty();
  }

  @Test
  void it_is_extended_upwards_only_and_the_same_extension_is_journalled_once() {
    completeAll();
    ActorRef<StudyCommand> study = stage.spawn();
    StudyStage.await(extend(study, 30));
    StudyStage.await(extend(study, 30));
    assertThat(stage.refusal(extend(study, 29))).isEqualTo("study s goes on to step 30");
    StudyOrder again = stage.order(TO_30);
    StudyStage.await(stage.asked(study, to -> new StudyCommand.Conduct(again, true, to)));
    assertThat(stage.events(StudyExtended.class)).containsExactly(TO_30);
  }

  @Test
  void what_is_not_there_or_cancelled_is_not_extended() {
    ActorRef<StudyCommand> study = stage.spawn();
    assertThat(stage.refusal(extend(study, 30))).isEqualTo("there is no study s");
    completeAll();
    ActorRef<StudyCommand> other = stage.spawn();
    StudyStage.await(stage.cancel(other));
    assertThat(stage.refusal(extend(other, 30))).isEqualTo("study s was cancelled for good");
    assertThat(stage.events(StudyExtended.class)).isEmpty();
  }

  @Test
  void a_run_of_somebody_else_is_left_as_it_is_and_none_is_taken_any_more() {
    desk.equal(1, OTHER);
    desk.stands(OTHER, RunStatus.COMPLETED, 10);
    StudyOrder order =
        stage.order(1, false, true, StudyStage.submitted(StudyStage.spec(List.of("10"), 1L, 2L)));
    stage.conduct(order);
    stage.completeRest(order, 1);

    StudyOrder extended =
        stage.order(
            1,
            false,
            true,
            TO_30,
            new StudyEvent.StudyWidened(StudyStage.spec(List.of("10", "20"), 1L, 2L)));
    stage.conduct(extended);
    assertThat(completeExtended(30)).isEqualTo("10/2 s.1");
    for (String place : List.of("20/1 s.2", "20/2 s.3")) {
      desk.nextBegin().accept().rest(RunOutcome.COMPLETED);
      assertThat(completeExtended(30)).isEqualTo(place);
    }
    assertComplete(extended);
    assertThat(stage.events(RunAssigned.class)).filteredOn(RunAssigned::reused).hasSize(1);
  }

  @Test
  void a_run_that_cannot_be_extended_is_refused_by_name_and_the_others_go_on() {
    completeAll();
    StudyOrder order = stage.order(TO_30);
    stage.conduct(order);
    desk.nextBegin().refuse("run s.1 is at work");
    for (int i = 0; i < 3; i++) {
      completeExtended(30);
    }
    assertComplete(order);
    assertThat(stage.events(RunRefused.class))
        .containsExactly(new RunRefused(run(1), "run s.1 is at work"));
  }

  @Test
  void failed_and_cancelled_runs_stay_as_they_are() {
    completeAll();
    desk.stands(run(1), RunStatus.FAILED).stands(run(2), RunStatus.CANCELLED);
    StudyOrder order = stage.order(TO_30);
    stage.conduct(order);
    assertThat(completeExtended(30)).isEqualTo("20/1 s.3");
    assertThat(completeExtended(30)).isEqualTo("20/2 s.4");
    assertComplete(order);
  }

  @Test
  void a_spent_budget_keeps_complete_runs_from_going_on() {
    StudyOrder order = stage.order(SUBMITTED, TO_30, new StudyBudgeted(1));
    ActorRef<StudyCommand> study = stage.conduct(order);
    Begin begin = desk.nextBegin().accept();
    stage.calm(study);
    desk.use(2);
    begin.rest(RunOutcome.COMPLETED);
    desk.nextFinish().done();
    assertThat(StudyStage.await(order.settled()).outcome()).isEqualTo(StudyOutcome.PAUSED);
    assertThat(stage.lastEvent()).isInstanceOf(StudyRested.class);
    assertThat(desk.untaken()).isEmpty();
  }
}
