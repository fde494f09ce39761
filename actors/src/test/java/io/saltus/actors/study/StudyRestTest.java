package io.saltus.actors.study;

import static org.assertj.core.api.Assertions.assertThat;

import io.saltus.actors.study.FakeDesk.Ask;
import io.saltus.actors.study.FakeDesk.Begin;
import io.saltus.experiment.RunId;
import io.saltus.experiment.event.StudyEvent;
import io.saltus.experiment.event.StudyEvent.RunRefused;
import io.saltus.experiment.event.StudyEvent.StudyBudgeted;
import io.saltus.experiment.event.StudyEvent.StudyDeleted;
import io.saltus.experiment.event.StudyEvent.StudyObstacle;
import io.saltus.experiment.event.StudyEvent.StudyOutcome;
import io.saltus.experiment.event.StudyEvent.StudyRested;
import io.saltus.experiment.event.SupervisorEvent.RunOutcome;
import io.saltus.persistence.projection.RunStatus;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How a study comes to rest: of itself, of its budget, or because somebody says so. */
class StudyRestTest {

  private static final StudyEvent SUBMITTED = StudyStage.submitted(StudyStage.spec());

  private final StudyStage stage = new StudyStage();
  private final FakeDesk desk = stage.desk;

  @AfterEach
  void stop() {
    stage.close();
  }

  private static RunId run(long number) {
    return StudyStage.run(number);
  }

  private static StudyRested unreadable(String reason) {
    return new StudyRested(StudyOutcome.PAUSED, reason, Optional.of(StudyObstacle.UNREADABLE));
  }

  private static StudyRested paused(String reason) {
    return new StudyRested(StudyOutcome.PAUSED, reason);
  }

  private static StudyRested cancelled() {
    return new StudyRested(StudyOutcome.CANCELLED, "a mistake");
  }

  @Test
  void a_spent_budget_lets_the_study_rest_with_what_is_in_hand_and_says_so() {
    StudyOrder order = stage.order(2, false, false, SUBMITTED, new StudyBudgeted(1));
    ActorRef<StudyCommand> study = stage.conduct(order);
    Begin first = desk.nextBegin().accept();
    Begin second = desk.nextBegin();
    stage.calm(study);
    desk.use(1.5);
    study.tell(new StudyCommand.Tick());
    assertThat(desk.nextPause().run()).isEqualTo(first.run());
    second.accept();
    assertThat(desk.nextPause().run()).isEqualTo(second.run());
    first.rest(RunOutcome.PAUSED);
    stage.calm(study);
    assertThat(order.settled()).isNotDone();
    second.rest(RunOutcome.PAUSED);

    String spent = "1.5 of 1 device-hours are spent";
    assertThat(StudyStage.await(order.settled()))
        .isEqualTo(
            new StudyEnd(
                StudyStage.STUDY, StudyOutcome.PAUSED, spent, Optional.of(StudyObstacle.BUDGET)));
    assertThat(stage.lastEvent())
        .isEqualTo(new StudyRested(StudyOutcome.PAUSED, spent, Optional.of(StudyObstacle.BUDGET)));
    assertThat(desk.untaken()).isEmpty();
  }

  @Test
  void a_budget_counts_what_the_runs_of_the_study_have_cost_before_and_no_others() {
    desk.equal(1, new RunId("other"));
    desk.stands(new RunId("other"), RunStatus.COMPLETED);
    StudyOrder order = stage.order(1, false, true, SUBMITTED, new StudyBudgeted(5));
    stage.conduct(order);
    desk.nextBegin().accept().rest(RunOutcome.CANCELLED);
    stage.completeRest(order, 1);
    desk.costs(run(1), 2);
    desk.costs(run(2), 1);
    desk.costs(new RunId("other"), 100);

    // The cancelled run is replaced, and has cost what it has.
    StudyOrder again = stage.order(1, true, false);
    stage.conduct(again);
    Begin replaced = desk.nextBegin().accept();
    assertThat(replaced.run()).isEqualTo(run(3));
    replaced.rest(RunOutcome.PAUSED);
    assertThat(StudyStage.await(again.settled()).reason()).isEqualTo("1 run rests");

    StudyOrder tight = stage.order(1, false, false, new StudyBudgeted(3));
    stage.conduct(tight);
    assertThat(StudyStage.await(tight.settled()).reason())
        .isEqualTo("3 of 3 device-hours are spent");
    assertThat(desk.untaken()).isEmpty();
  }

  @Test
  void what_an_earlier_actor_has_used_at_the_same_desk_counts_once() {
    StudyOrder order = stage.order(SUBMITTED, new StudyBudgeted(5));
    ActorRef<StudyCommand> dead = stage.conduct(order);
    desk.nextBegin().accept();
    stage.calm(dead);
    stage.actors.stop(dead);
    desk.stands(run(1), RunStatus.RUNNING).costs(run(1), 3);
    desk.use(3);

    ActorRef<StudyCommand> next = stage.spawn();
    StudyStage.await(stage.asked(next, to -> new StudyCommand.Conduct(order, true, to)));
    assertThat(desk.nextBegin().run()).as("it goes on").isEqualTo(run(1));
    stage.calm(next);
    assertThat(order.settled()).isNotDone();
  }

  @Test
  void a_study_whose_runs_all_have_ended_is_complete_whatever_it_has_cost() {
    StudyOrder order = stage.order(SUBMITTED, new StudyBudgeted(5));
    stage.conduct(order);
    stage.completeRest(order, 4);
    desk.costs(run(1), 50);
    StudyOrder again = stage.order();
    stage.conduct(again);
    assertThat(StudyStage.await(again.settled()).outcome()).isEqualTo(StudyOutcome.COMPLETED);
  }

  @Test
  void a_rest_while_a_run_is_begun_brings_that_run_to_rest_too_and_is_answered_when_all_rest() {
    StudyOrder order = stage.order(2, false, false, SUBMITTED);
    ActorRef<StudyCommand> study = stage.conduct(order);
    Begin first = desk.nextBegin().accept();
    Begin second = desk.nextBegin();
    stage.calm(study);
    CompletionStage<Done> rested = stage.rest(study);
    assertThat(desk.nextPause().reason()).isEqualTo("the end of the day");
    stage.calm(study);
    assertThat(desk.untaken()).as("it cannot rest before it has begun").isEmpty();

    second.accept();
    assertThat(desk.nextPause().run()).isEqualTo(second.run());
    first.rest(RunOutcome.PAUSED);
    stage.calm(study);
    assertThat(rested.toCompletableFuture()).isNotDone();
    second.rest(RunOutcome.PAUSED);
    StudyStage.await(rested);
    assertThat(stage.lastEvent()).isEqualTo(paused("the end of the day"));
    assertThat(order.settled()).isCompleted();
    assertThat(desk.untaken()).isEmpty();
  }

  @Test
  void what_is_not_begun_because_of_a_rest_is_no_refusal() {
    StudyOrder order = stage.order(SUBMITTED);
    ActorRef<StudyCommand> study = stage.conduct(order);
    Begin begin = desk.nextBegin();
    CompletionStage<Done> rested = stage.rest(study);
    stage.calm(study);
    begin.refuse("runs are being paused; no new one is accepted");
    StudyStage.await(rested);
    assertThat(stage.events(RunRefused.class)).isEmpty();
    assertThat(stage.heard.news).doesNotContain("refused s.1");
  }

  @Test
  void a_rest_that_comes_before_the_runs_are_known_brings_those_under_way_to_rest() {
    StudyOrder order = stage.order(SUBMITTED);
    ActorRef<StudyCommand> dead = stage.conduct(order);
    desk.nextBegin().accept();
    stage.calm(dead);
    stage.actors.stop(dead);
    desk.stands(run(1), RunStatus.RUNNING);

    desk.hold();
    ActorRef<StudyCommand> next = stage.spawn();
    StudyStage.await(stage.asked(next, to -> new StudyCommand.Conduct(order, true, to)));
    CompletionStage<Done> rested = stage.rest(next);
    stage.calm(next);
    desk.see();
    Ask pause = desk.nextPause();
    assertThat(pause.run()).isEqualTo(run(1));
    stage.calm(next);
    assertThat(rested.toCompletableFuture()).isNotDone();
    pause.done();
    StudyStage.await(rested);
    assertThat(desk.untaken()).isEmpty();
  }

  @Test
  void a_run_that_could_not_be_brought_to_rest_is_asked_again_and_not_while_it_is_being_asked() {
    StudyOrder order = stage.order(SUBMITTED);
    ActorRef<StudyCommand> study = stage.conduct(order);
    Begin begin = desk.nextBegin().accept();
    stage.calm(study);
    CompletionStage<Done> rested = stage.rest(study);
    Ask pause = desk.nextPause();
    study.tell(new StudyCommand.Tick());
    stage.calm(study);
    assertThat(desk.untaken()).isEmpty();

    pause.refuse("256 requests wait for an answer already");
    stage.calm(study);
    study.tell(new StudyCommand.Tick());
    assertThat(desk.nextPause().run()).isEqualTo(run(1));
    begin.rest(RunOutcome.PAUSED);
    StudyStage.await(rested);
  }

  @Test
  void a_cancellation_ends_what_is_in_hand_then_what_rests_and_is_answered_after_that() {
    StudyOrder order = stage.order(2, false, false, SUBMITTED);
    ActorRef<StudyCommand> study = stage.conduct(order);
    desk.nextBegin().accept().rest(RunOutcome.PAUSED);
    Begin second = desk.nextBegin().accept();
    Begin third = desk.nextBegin().accept();
    stage.calm(study);
    CompletionStage<Done> cancelled = stage.cancel(study);
    assertThat(desk.nextCancel().run()).isEqualTo(second.run());
    assertThat(desk.nextCancel().run()).isEqualTo(third.run());
    second.rest(RunOutcome.CANCELLED);
    stage.calm(study);
    assertThat(desk.untaken()).as("what rests, while one is in hand").isEmpty();
    third.rest(RunOutcome.COMPLETED);
    desk.nextFinish().done();

    Ask resting = desk.nextCancel();
    assertThat(resting.run()).isEqualTo(run(1));
    assertThat(resting.reason()).isEqualTo("a mistake");
    stage.calm(study);
    assertThat(cancelled.toCompletableFuture()).isNotDone();
    assertThat(stage.events(StudyRested.class)).isEmpty();
    resting.done();
    StudyStage.await(cancelled);
    assertThat(stage.lastEvent()).isEqualTo(cancelled());
    assertThat(StudyStage.await(order.settled()).outcome()).isEqualTo(StudyOutcome.CANCELLED);
    assertThat(desk.untaken()).isEmpty();
  }

  @Test
  void a_cancelled_study_is_conducted_by_nobody() {
    StudyOrder order = stage.order(SUBMITTED);
    ActorRef<StudyCommand> study = stage.conduct(order);
    stage.completeRest(order, 4);
    StudyStage.await(stage.cancel(study));
    assertThat(stage.lastEvent()).isEqualTo(cancelled());

    StudyOrder again = stage.order();
    assertThat(stage.refusal(stage.asked(study, to -> new StudyCommand.Conduct(again, to))))
        .isEqualTo("study s was cancelled for good");
    assertThat(again.settled()).isCancelled();
    assertThat(stage.lastEvent()).isEqualTo(cancelled());
  }

  @Test
  void a_pause_does_not_soften_a_cancellation() {
    StudyOrder order = stage.order(SUBMITTED);
    ActorRef<StudyCommand> study = stage.conduct(order);
    Begin begin = desk.nextBegin().accept();
    stage.calm(study);
    CompletionStage<Done> rested = stage.rest(study);
    CompletionStage<Done> cancelled = stage.cancel(study);
    CompletionStage<Done> later = stage.rest(study);
    desk.nextPause();
    assertThat(desk.nextCancel().run()).isEqualTo(run(1));
    begin.rest(RunOutcome.CANCELLED);
    StudyStage.await(cancelled);
    StudyStage.await(rested);
    StudyStage.await(later);
    assertThat(stage.events(StudyRested.class)).containsExactly(cancelled());
  }

  @Test
  void a_cancellation_that_cannot_find_the_runs_is_refused_and_the_study_rests() {
    StudyOrder order = stage.order(SUBMITTED);
    ActorRef<StudyCommand> study = stage.conduct(order);
    Begin begin = desk.nextBegin().accept();
    stage.calm(study);
    desk.blind("event 7 of run s.1 is damaged");
    CompletionStage<Done> cancelled = stage.cancel(study);
    desk.nextCancel();
    begin.rest(RunOutcome.CANCELLED);
    String why = "its runs cannot be cancelled: event 7 of run s.1 is damaged";
    assertThat(stage.refusal(cancelled)).isEqualTo(why);
    StudyStage.await(order.settled());
    assertThat(stage.lastEvent()).isEqualTo(unreadable(why));

    assertThat(stage.refusal(stage.cancel(study))).as("at rest, too").isEqualTo(why);
    assertThat(stage.lastEvent()).isEqualTo(unreadable(why));
  }

  @Test
  void a_study_at_work_is_conducted_by_nobody_else_and_nothing_is_noted_of_it() {
    StudyOrder order = stage.order(SUBMITTED);
    ActorRef<StudyCommand> study = stage.conduct(order);
    StudyOrder second = stage.order();
    assertThat(stage.refusal(stage.asked(study, to -> new StudyCommand.Conduct(second, to))))
        .isEqualTo("study s is at work");
    assertThat(
            stage.refusal(stage.asked(study, to -> new StudyCommand.Note(new StudyDeleted(), to))))
        .isEqualTo("study s is at work");
    assertThat(order.settled()).isNotDone();
    stage.completeRest(order, 4);
  }

  @Test
  void a_run_that_people_paused_leaves_the_study_paused_when_the_others_are_done() {
    StudyOrder order = stage.order(SUBMITTED);
    stage.conduct(order);
    desk.nextBegin().accept().rest(RunOutcome.PAUSED);
    stage.completeRest(order, 3);
    assertThat(stage.lastEvent()).isEqualTo(paused("1 run rests"));
  }

  @Test
  void a_desk_that_cannot_read_the_journal_lets_the_study_rest_and_says_why() {
    desk.blind("event 7 of run s.1 is damaged");
    StudyOrder order = stage.order(SUBMITTED);
    stage.conduct(order);
    assertThat(StudyStage.await(order.settled()))
        .isEqualTo(
            new StudyEnd(
                StudyStage.STUDY,
                StudyOutcome.PAUSED,
                "event 7 of run s.1 is damaged",
                Optional.of(StudyObstacle.UNREADABLE)));
    assertThat(stage.lastEvent()).isEqualTo(unreadable("event 7 of run s.1 is damaged"));
    assertThat(desk.untaken()).isEmpty();
  }

  @Test
  void what_is_asked_of_a_study_that_is_not_there_is_refused() {
    ActorRef<StudyCommand> study = stage.spawn();
    String none = "there is no study s";
    StudyOrder order = stage.order();
    assertThat(stage.refusal(stage.asked(study, to -> new StudyCommand.Conduct(order, to))))
        .isEqualTo(none);
    assertThat(
            stage.refusal(stage.asked(study, to -> new StudyCommand.Note(new StudyDeleted(), to))))
        .isEqualTo(none);
    assertThat(stage.refusal(stage.cancel(study))).isEqualTo(none);
    assertThat(stage.refusal(stage.rest(study))).isEqualTo("nobody is at work on study s");
    assertThat(stage.events()).isEmpty();
  }

  @Test
  void a_name_that_is_taken_stays_taken_when_the_study_is_deleted() {
    StudyOrder order = stage.order(SUBMITTED);
    ActorRef<StudyCommand> study = stage.conduct(order);
    stage.completeRest(order, 4);
    StudyStage.await(stage.asked(study, to -> new StudyCommand.Note(new StudyDeleted(), to)));
    StudyOrder again = stage.order(SUBMITTED);
    assertThat(stage.refusal(stage.asked(study, to -> new StudyCommand.Conduct(again, to))))
        .isEqualTo("study s exists");
  }

  @Test
  void an_actor_at_rest_hears_what_was_on_its_way_and_says_again_that_it_is_ready() {
    StudyOrder order = stage.order(SUBMITTED);
    ActorRef<StudyCommand> study = stage.conduct(order);
    stage.completeRest(order, 4);
    stage.parent.expectMessage(new StudyCommand.Ready(StudyStage.STUDY, 1));

    // Told before whoever spawned it knew that it was ready.
    StudyOrder again = stage.order();
    StudyStage.await(stage.asked(study, to -> new StudyCommand.Conduct(again, to)));
    StudyStage.await(again.settled());
    stage.parent.expectMessage(new StudyCommand.Ready(StudyStage.STUDY, 2));
    study.tell(new StudyCommand.Leave());
    stage.parent.expectTerminated(study);
  }
}
