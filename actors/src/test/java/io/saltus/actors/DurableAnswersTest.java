package io.saltus.actors;

import static org.assertj.core.api.Assertions.assertThat;

import io.saltus.experiment.RunId;
import io.saltus.experiment.event.RunEvent;
import io.saltus.testkit.Mishap;
import io.saltus.testkit.Script;
import io.saltus.testkit.ScriptedProgram;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import org.apache.pekko.Done;
import org.apache.pekko.persistence.testkit.JournalOperation;
import org.apache.pekko.persistence.testkit.ProcessingPolicy;
import org.apache.pekko.persistence.testkit.ProcessingResult;
import org.apache.pekko.persistence.testkit.ProcessingSuccess;
import org.apache.pekko.persistence.testkit.WriteEvents;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whoever asks for something is answered when its event is on disk, and not before. */
@Timeout(60)
class DurableAnswersTest {

  private static final RunId A = new RunId("a");

  /** A disk on which the write of one kind of event takes as long as the test wants. */
  private static final class SlowDisk implements ProcessingPolicy<JournalOperation> {

    private final Class<? extends RunEvent> held;
    private final CountDownLatch reached = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);

    SlowDisk(Class<? extends RunEvent> held) {
      this.held = held;
    }

    @Override
    public ProcessingResult tryProcess(String stream, JournalOperation operation) {
      if (operation instanceof WriteEvents write
          && write.getBatch().stream().anyMatch(held::isInstance)) {
        reached.countDown();
        Stage.await(released);
      }
      return ProcessingSuccess.getInstance();
    }
  }

  @Test
  void a_pause_is_answered_when_it_is_durable() {
    atWork(RunEvent.RunPaused.class, supervision -> supervision.pause(A, "a person"));
  }

  @Test
  void a_cancellation_is_answered_when_it_is_durable() {
    atWork(RunEvent.RunCancelled.class, supervision -> supervision.cancel(A, "a person"));
  }

  @Test
  void an_extension_is_answered_when_it_is_durable() {
    complete(RunEvent.RunExtended.class, supervision -> supervision.extend(A, 400));
  }

  @Test
  void a_deletion_is_answered_when_it_is_durable() {
    complete(RunEvent.RunDeleted.class, supervision -> supervision.delete(A));
  }

  @Test
  void words_are_answered_when_they_are_durable() {
    complete(
        RunEvent.RunAnnotated.class, supervision -> supervision.annotate(A, Stage.note("hello")));
  }

  private static void atWork(
      Class<? extends RunEvent> event, Function<Supervision, CompletionStage<Done>> question) {
    Mishap.Hang hang = Mishap.Hang.once();
    try (Stage stage = new Stage(Script.learning().with(50, hang))) {
      Stage.await(
          stage.supervision.submit(
              Stage.submission("a", ScriptedProgram.spec(1_000_000)), RunListener.none()));
      Stage.await(hang.reached());
      answered(
          stage,
          event,
          supervision -> {
            CompletionStage<Done> answer = question.apply(supervision);
            hang.released().countDown();
            return answer;
          });
    }
  }

  private static void complete(
      Class<? extends RunEvent> event, Function<Supervision, CompletionStage<Done>> question) {
    try (Stage stage = new Stage(Script.learning())) {
      stage.run("a", ScriptedProgram.spec(200), RunListener.none());
      // Else the supervisor's own last write would wait for the one that is held.
      while (!Stage.await(stage.supervision.look()).leases().isEmpty()) {
        Thread.onSpinWait();
      }
      answered(stage, event, question);
    }
  }

  private static void answered(
      Stage stage,
      Class<? extends RunEvent> event,
      Function<Supervision, CompletionStage<Done>> question) {
    SlowDisk disk = new SlowDisk(event);
    stage.journal.withPolicy(disk);
    try {
      CompletionStage<Done> answer = question.apply(stage.supervision);
      Stage.await(disk.reached);
      // Whatever was told before the write has been heard by now: the supervisor answers in order.
      Stage.await(stage.supervision.look());
      assertThat(answer.toCompletableFuture()).isNotDone();
      assertThat(stage.journalled("a")).noneMatch(event::isInstance);
      disk.released.countDown();
      Stage.await(answer);
      assertThat(stage.journalled("a")).anyMatch(event::isInstance);
    } finally {
      disk.released.countDown();
    }
  }
}
