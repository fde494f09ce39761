package io.saltus.actors;

import static org.assertj.core.api.Assertions.assertThat;

import io.saltus.actors.monitor.Monitors;
import io.saltus.experiment.DeviceId;
import io.saltus.experiment.RunId;
import io.saltus.experiment.event.RunEvent;
import io.saltus.experiment.event.SupervisorEvent.RunOutcome;
import io.saltus.experiment.session.SessionRequest;
import io.saltus.experiment.spec.ExperimentSpec;
import io.saltus.persistence.checkpoint.CheckpointCollector;
import io.saltus.persistence.checkpoint.CheckpointReferences;
import io.saltus.testkit.Mishap;
import io.saltus.testkit.Script;
import io.saltus.testkit.ScriptedProgram;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import org.apache.pekko.Done;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.pattern.StatusReply;
import org.apache.pekko.persistence.testkit.javadsl.EventSourcedBehaviorTestKit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a trainer hears, or is asked, when it is too late. */
class LateNewsTest {

  private static final RunId RUN = new RunId("a");
  private static final ExperimentSpec SPEC = DurableHome.saving(50, ScriptedProgram.spec(10));

  @TempDir private Path directory;

  private final ActorTestKit actors = ActorTestKit.create(EventSourcedBehaviorTestKit.config());
  private final TestProbe<SupervisorCommand> supervisor = actors.createTestProbe();
  private final TestProbe<StatusReply<Done>> person = actors.createTestProbe();
  private final SessionThreads threads = Stages.threads();

  @AfterEach
  void stop() {
    actors.shutdownTestKit();
    threads.close();
  }

  private ActorRef<TrainerCommand> train(
      Script script, HeldCheckpoints checkpoints, RunListener listener) {
    ScriptedProgram program = new ScriptedProgram(script);
    ActorRef<TrainerCommand> trainer =
        actors.spawn(
            Trainer.create(
                RUN,
                listener,
                supervisor.ref(),
                new TrainerTools(
                    Stages.settings(""),
                    Stages.settings("").restarts(),
                    threads,
                    run -> new MemoryHistory(List.of()),
                    checkpoints,
                    Monitors.none(),
                    Clock.systemUTC(),
                    () -> 0,
                    () -> {})));
    trainer.tell(
        new TrainerCommand.Submit(
            new Admission(List.of(program)).record(Stage.submission("a", SPEC)),
            List.of(),
            person.ref()));
    assertThat(person.receiveMessage().isSuccess()).isTrue();
    trainer.tell(
        new TrainerCommand.Begin(
            new Assignment(
                RUN,
                7,
                program,
                new SessionRequest(SPEC, List.of(new DeviceId("cpu", 0)), new TreeMap<>()))));
    return trainer;
  }

  private RunOutcome outcome() {
    return supervisor
        .expectMessageClass(SupervisorCommand.TrainerSettled.class)
        .settlement()
        .outcome();
  }

  @Test
  void a_state_that_is_on_disk_only_when_its_run_has_failed_is_kept_by_nobody() throws IOException {
    HeldCheckpoints checkpoints = new HeldCheckpoints(directory);
    ActorRef<TrainerCommand> trainer =
        train(
            Script.learning().with(5, new Mishap.Failure("out of luck")),
            checkpoints,
            RunListener.none());
    assertThat(outcome()).isEqualTo(RunOutcome.FAILED);
    trainer.tell(new TrainerCommand.Leave());
    checkpoints.tell();

    // It leaves only when it has heard of the file.
    person.expectTerminated(trainer);
    CheckpointCollector collector =
        new CheckpointCollector(
            checkpoints.store(), () -> new CheckpointReferences(Set.of(), List.of()));
    assertThat(collector.plan().unreferenced())
        .singleElement()
        .satisfies(file -> assertThat(checkpoints.released()).containsExactly(file.sha256()));
  }

  @Test
  void who_wants_a_pause_when_the_last_step_is_done_is_told_that_the_run_completed() {
    assertThat(askedAtTheEnd(replyTo -> new TrainerCommand.Pause("lunch", replyTo)))
        .isEqualTo("run a completed at step 10 before it could be paused");
  }

  @Test
  void who_cancels_when_the_last_step_is_done_is_told_that_the_run_completed() {
    assertThat(askedAtTheEnd(replyTo -> new TrainerCommand.Cancel("wrong", replyTo)))
        .isEqualTo("run a completed at step 10 before it could be cancelled");
  }

  private String askedAtTheEnd(Function<ActorRef<StatusReply<Done>>, TrainerCommand> request) {
    HeldCheckpoints checkpoints = new HeldCheckpoints(directory);
    CountDownLatch lastStep = new CountDownLatch(1);
    ActorRef<TrainerCommand> trainer =
        train(
            Script.learning(),
            checkpoints,
            (event, sequence) -> {
              if (event instanceof RunEvent.MetricsRecorded metrics
                  && metrics.frame().until() == SPEC.steps()) {
                lastStep.countDown();
              }
            });
    Stage.await(lastStep);
    trainer.tell(request.apply(person.ref()));
    checkpoints.tell();
    assertThat(outcome()).isEqualTo(RunOutcome.COMPLETED);
    return String.valueOf(person.receiveMessage().getError().getMessage());
  }
}
