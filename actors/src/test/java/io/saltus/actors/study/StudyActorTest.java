package io.saltus.actors.study;

import static org.assertj.core.api.Assertions.assertThat;

import io.saltus.actors.study.FakeDesk.Begin;
import io.saltus.experiment.RunId;
import io.saltus.experiment.event.StudyEvent;
import io.saltus.experiment.event.StudyEvent.RunAssigned;
import io.saltus.experiment.event.StudyEvent.RunRefused;
import io.saltus.experiment.event.StudyEvent.StudyOutcome;
import io.saltus.experiment.event.StudyEvent.StudyRested;
import io.saltus.experiment.event.StudyEvent.StudyStarted;
import io.saltus.experiment.event.StudyEvent.StudyWidened;
import io.saltus.experiment.event.SupervisorEvent.RunOutcome;
import io.saltus.experiment.spec.PlannedRun;
import io.saltus.persistence.projection.RunStatus;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which runs a study begins, and what it journals of them. */
class StudyActorTest {

  private static final StudyEvent SUBMITTED = StudyStage.submitted(StudyStage.spec());
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

  /** Conducts a new study to its end. */
  private void completeAll() {
    StudyOrder order = stage.order(SUBMITTED);
    stage.conduct(order);
    stage.completeRest(order, 4);
  }

  @Test
  void runs_begin_in_the_order_of_the_plan_and_never_more_than_two_are_in_hand() {
    StudyOrder order = stage.order(2, false, false, SUBMITTED);
    ActorRef<StudyCommand> study = stage.conduct(order);
    Begin first = desk.nextBegin();
    Begin second = desk.nextBegin();
    stage.calm(study);
    assertThat(desk.untaken()).as("a third while two are in hand").isEmpty();

    second.accept();
    stage.calm(study);
    assertThat(desk.untaken()).isEmpty();
    stage.complete(second);
    Begin third = desk.nextBegin();
    stage.complete(first);
    Begin fourth = desk.nextBegin();
    stage.complete(third);
    stage.complete(fourth);

    assertThat(StudyStage.await(order.settled()))
        .isEqualTo(new StudyEnd(StudyStage.STUDY, StudyOutcome.COMPLETED, ""));
    assertThat(List.of(first, second, third, fourth))
        .extracting(each -> each.place() + " " + each.run())
        .containsExactly("10/1 s.1", "10/2 s.2", "20/1 s.3", "20/2 s.4");
    assertThat(desk.mostInHand()).isEqualTo(2);
    assertThat(stage.lastEvent()).isEqualTo(new StudyRested(StudyOutcome.COMPLETED, ""));
  }

  @Test
  void a_run_stands_in_the_journal_before_the_desk_is_asked_for_it() {
    List<Boolean> known = Collections.synchronizedList(new ArrayList<>());
    desk.beforeBegin(
        run ->
            known.add(
                stage.events(RunAssigned.class).stream()
                    .anyMatch(assigned -> assigned.run().equals(run))));
    completeAll();
    assertThat(known).containsExactly(true, true, true, true);
  }

  @Test
  void a_run_that_was_assigned_and_never_begun_is_begun_under_its_own_name() {
    ActorRef<StudyCommand> dead = stage.conduct(stage.order(SUBMITTED));
    assertThat(desk.nextBegin().run()).isEqualTo(run(1));
    stage.actors.stop(dead);

    StudyOrder order = stage.order();
    stage.conduct(order);
    assertThat(stage.completeRest(order, 4))
        .containsExactly("10/1 s.1", "10/2 s.2", "20/1 s.3", "20/2 s.4");
    assertThat(stage.events(RunAssigned.class)).hasSize(4);
  }

  @Test
  void runs_that_are_complete_are_not_begun_again() {
    completeAll();
    StudyOrder again = stage.order();
    stage.conduct(again);
    assertThat(StudyStage.await(again.settled()).outcome()).isEqualTo(StudyOutcome.COMPLETED);
    assertThat(desk.untaken()).isEmpty();
    assertThat(stage.heard.news.get(stage.heard.news.size() - 1)).isEqualTo("started 4 of 4");
  }

  @Test
  void runs_that_failed_or_were_cancelled_are_done_again_only_when_that_is_asked_for() {
    completeAll();
    desk.stands(run(1), RunStatus.FAILED).stands(run(2), RunStatus.CANCELLED);
    StudyOrder plain = stage.order();
    stage.conduct(plain);
    StudyStage.await(plain.settled());
    assertThat(desk.untaken()).isEmpty();

    StudyOrder again = stage.order(1, true, false);
    stage.conduct(again);
    assertThat(stage.completeRest(again, 2))
        .as("the one goes on, the other is another one")
        .containsExactly("10/1 s.1", "10/2 s.5");
    assertThat(stage.heard.news).contains("started 2 of 4");
  }

  @Test
  void what_failed_is_done_again_once_also_where_the_study_gets_another_actor() {
    completeAll();
    desk.stands(run(1), RunStatus.FAILED).stands(run(2), RunStatus.CANCELLED);
    StudyOrder again = stage.order(4, true, false);
    ActorRef<StudyCommand> dead = stage.conduct(again);
    desk.nextBegin().accept().rest(RunOutcome.FAILED, "singular");
    desk.nextBegin().accept().rest(RunOutcome.CANCELLED);
    stage.actors.stop(dead);

    ActorRef<StudyCommand> next = stage.spawn();
    StudyStage.await(stage.asked(next, to -> new StudyCommand.Conduct(again, true, to)));
    assertThat(StudyStage.await(again.settled()).outcome()).isEqualTo(StudyOutcome.COMPLETED);
    assertThat(desk.untaken()).isEmpty();
    assertThat(stage.events(RunAssigned.class)).hasSize(5);

    StudyOrder another = stage.order(1, true, false);
    stage.conduct(another);
    assertThat(stage.completeRest(another, 2)).containsExactly("10/1 s.1", "10/2 s.6");
  }

  @Test
  void a_run_that_was_paused_or_interrupted_goes_on() {
    completeAll();
    desk.stands(run(2), RunStatus.PAUSED)
        .stands(run(3), RunStatus.RUNNING)
        .stands(run(4), RunStatus.QUEUED);
    StudyOrder again = stage.order();
    stage.conduct(again);
    assertThat(stage.completeRest(again, 3)).containsExactly("10/2 s.2", "20/1 s.3", "20/2 s.4");
    assertThat(stage.events(RunAssigned.class)).hasSize(4);
  }

  @Test
  void a_place_whose_run_was_deleted_gets_another_one() {
    completeAll();
    desk.delete(run(2));
    StudyOrder again = stage.order();
    stage.conduct(again);
    assertThat(stage.completeRest(again, 1)).containsExactly("10/2 s.5");
  }

  @Test
  void a_run_that_is_refused_is_journalled_with_the_reason_and_the_study_goes_on() {
    StudyOrder order = stage.order(SUBMITTED);
    stage.conduct(order);
    desk.nextBegin().refuse("no device has so much memory");
    assertThat(stage.completeRest(order, 3)).containsExactly("10/2 s.2", "20/1 s.3", "20/2 s.4");
    assertThat(stage.events(RunRefused.class))
        .containsExactly(new RunRefused(run(1), "no device has so much memory"));
    assertThat(stage.heard.news).contains("refused s.1").doesNotContain("began s.1");

    StudyOrder again = stage.order();
    stage.conduct(again);
    assertThat(stage.completeRest(again, 1)).containsExactly("10/1 s.1");
    assertThat(stage.state().refused()).isEmpty();
  }

  @Test
  void a_cell_that_cannot_be_run_is_refused_by_name_each_time_under_the_same_name() {
    StudyEvent submitted = StudyStage.submitted(StudyStage.spec(List.of("0", "10"), 1L));
    StudyOrder order = stage.order(submitted);
    stage.conduct(order);
    assertThat(stage.completeRest(order, 1)).containsExactly("10/1 s.2");
    StudyOrder again = stage.order();
    stage.conduct(again);
    StudyStage.await(again.settled());

    assertThat(stage.events(RunRefused.class))
        .hasSize(2)
        .allSatisfy(
            refused -> {
              assertThat(refused.run()).isEqualTo(run(1));
              assertThat(refused.reason()).startsWith("cell {steps=0}: steps");
            });
    assertThat(stage.events(RunAssigned.class)).hasSize(2);
  }

  @Test
  void thousands_of_cells_that_cannot_be_run_are_refused_a_few_at_a_time() {
    Long[] seeds = IntStream.range(0, 2_000).mapToObj(Long::valueOf).toArray(Long[]::new);
    StudyOrder order = stage.order(StudyStage.submitted(StudyStage.spec(List.of("0"), seeds)));
    stage.conduct(order);
    assertThat(StudyStage.await(order.settled()).outcome()).isEqualTo(StudyOutcome.COMPLETED);
    assertThat(stage.state().refused()).hasSize(2_000);
  }

  @Test
  void an_equal_run_is_taken_and_none_is_begun() {
    desk.equal(1, OTHER);
    StudyOrder order = stage.order(1, false, true, SUBMITTED);
    desk.stands(OTHER, RunStatus.COMPLETED);
    stage.conduct(order);
    assertThat(stage.completeRest(order, 2)).containsExactly("10/2 s.1", "20/2 s.2");
    assertThat(stage.events(RunAssigned.class))
        .filteredOn(RunAssigned::reused)
        .extracting(RunAssigned::run)
        .containsExactly(OTHER, OTHER);
    assertThat(stage.heard.news).contains("reused other").doesNotContain("began other");
  }

  @Test
  void equal_runs_are_looked_for_only_when_that_is_asked_for() {
    desk.equal(1, OTHER);
    completeAll();
    assertThat(stage.events(RunAssigned.class)).noneMatch(RunAssigned::reused);
  }

  @Test
  void a_reused_run_that_goes_on_elsewhere_is_replaced_and_never_begun() {
    desk.equal(1, OTHER);
    desk.stands(OTHER, RunStatus.COMPLETED);
    StudyOrder order = stage.order(1, false, true, SUBMITTED);
    stage.conduct(order);
    stage.completeRest(order, 2);

    desk.stands(OTHER, RunStatus.PAUSED);
    StudyOrder again = stage.order();
    stage.conduct(again);
    assertThat(stage.completeRest(again, 2)).containsExactly("10/1 s.3", "20/1 s.4");
  }

  @Test
  void more_seeds_begin_the_new_places_and_no_other() {
    completeAll();
    StudyOrder wider =
        stage.order(new StudyWidened(StudyStage.spec(List.of("10", "20"), 1L, 2L, 3L)));
    stage.conduct(wider);
    assertThat(stage.completeRest(wider, 2)).containsExactly("10/3 s.5", "20/3 s.6");
    assertThat(stage.heard.news).contains("started 4 of 6");
  }

  @Test
  void the_end_of_a_run_is_told_once_when_what_follows_on_it_is_done() {
    StudyOrder order = stage.order(4, false, false, SUBMITTED);
    ActorRef<StudyCommand> study = stage.conduct(order);
    Begin complete = desk.nextBegin().accept();
    complete.rest(RunOutcome.COMPLETED);
    desk.nextBegin().accept().rest(RunOutcome.FAILED, "singular");
    desk.nextBegin().accept().rest(RunOutcome.CANCELLED);
    stage.calm(study);
    assertThat(stage.heard.news).doesNotContain("rested s.1 COMPLETED");

    desk.nextFinish().refuse("no metric to look for jumps in");
    stage.complete(desk.nextBegin());
    assertThat(StudyStage.await(order.settled()).outcome()).isEqualTo(StudyOutcome.COMPLETED);
    assertThat(stage.heard.news)
        .filteredOn(news -> news.startsWith("rested"))
        .containsExactlyInAnyOrder(
            "rested s.1 COMPLETED",
            "rested s.2 FAILED",
            "rested s.3 CANCELLED",
            "rested s.4 COMPLETED");
  }

  @Test
  void so_many_ends_that_nothing_follows_on_yet_keep_further_runs_waiting() {
    Long[] seeds = IntStream.range(0, 12).mapToObj(Long::valueOf).toArray(Long[]::new);
    StudyOrder order = stage.order(StudyStage.submitted(StudyStage.spec(List.of("10"), seeds)));
    ActorRef<StudyCommand> study = stage.conduct(order);
    for (int i = 0; i < 8; i++) {
      desk.nextBegin().accept().rest(RunOutcome.COMPLETED);
    }
    stage.calm(study);
    assertThat(desk.untaken()).filteredOn(each -> each.startsWith("begin")).isEmpty();
    desk.nextFinish().done();
    assertThat(desk.nextBegin().run()).isEqualTo(run(9));
  }

  @Test
  void a_listener_that_fails_changes_nothing() {
    StudyListener broken =
        new StudyListener() {
          @Override
          public void started(long runs, long done) {
            throw new IllegalStateException("no terminal");
          }

          @Override
          public void began(RunId run, PlannedRun planned) {
            throw new IllegalStateException("no terminal");
          }

          @Override
          public void reused(RunId run, PlannedRun planned) {
            throw new IllegalStateException("no terminal");
          }

          @Override
          public void rested(RunRest rest) {
            throw new IllegalStateException("no terminal");
          }

          @Override
          public void refused(RunId run, String reason) {
            throw new IllegalStateException("no terminal");
          }
        };
    StudyOrder heard = stage.order(SUBMITTED);
    StudyOrder order =
        new StudyOrder(
            heard.study(),
            heard.first(),
            heard.schema(),
            1,
            false,
            false,
            desk,
            broken,
            heard.settled());
    stage.conduct(order);
    desk.nextBegin().refuse("no memory");
    stage.completeRest(order, 3);
    assertThat(order.settled()).isCompleted();
  }

  @Test
  void what_an_actor_that_died_has_journalled_is_not_journalled_again() {
    StudyOrder order = stage.order(SUBMITTED);
    ActorRef<StudyCommand> dead = stage.conduct(order);
    desk.nextBegin();
    stage.actors.stop(dead);

    ActorRef<StudyCommand> next = stage.spawn();
    StudyStage.await(stage.asked(next, to -> new StudyCommand.Conduct(order, true, to)));
    stage.completeRest(order, 4);
    assertThat(stage.events().subList(0, 4))
        .extracting(event -> event.getClass().getSimpleName())
        .containsExactly("StudySubmitted", "StudyStarted", "RunAssigned", "StudyStarted");
    assertThat(stage.events(StudyStarted.class)).hasSize(2);
  }

  @Test
  void what_an_actor_that_died_has_not_journalled_is_journalled_by_the_next() {
    StudyOrder order = stage.order(SUBMITTED);
    ActorRef<StudyCommand> next = stage.spawn();
    StudyStage.await(stage.asked(next, to -> new StudyCommand.Conduct(order, true, to)));
    stage.completeRest(order, 4);
    assertThat(stage.events().get(0)).isEqualTo(SUBMITTED);
  }
}
