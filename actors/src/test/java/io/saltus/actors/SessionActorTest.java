package io.saltus.actors;

import static org.assertj.core.api.Assertions.assertThat;

import io.saltus.experiment.DeviceId;
import io.saltus.experiment.RunId;
import io.saltus.experiment.event.AttemptEnd;
import io.saltus.experiment.session.Chunk;
import io.saltus.experiment.session.SessionRequest;
import io.saltus.experiment.session.UntilProgress;
import io.saltus.testkit.Mishap;
import io.saltus.testkit.Script;
import io.saltus.testkit.ScriptedProgram;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SessionActorTest {

  private static final UntilProgress NO_RULE = UntilProgress.of(List.of());

  @TempDir private Path directory;

  private final ActorTestKit actors = ActorTestKit.create();
  private final TestProbe<SessionActor.Report> trainer = actors.createTestProbe();
  private final SessionThreads threads = Stages.threads();
  private final CountDownLatch stuck = new CountDownLatch(1);

  @AfterEach
  void stop() {
    actors.shutdownTestKit();
    threads.close();
  }

  @Test
  void a_session_is_opened_computed_and_closed_by_one_thread_of_its_own() {
    ScriptedProgram program = new ScriptedProgram(Script.learning());
    ActorRef<SessionActor.Command> session = spawn(program, Duration.ofSeconds(5));
    SessionActor.Opened opened = trainer.expectMessageClass(SessionActor.Opened.class);
    assertThat(opened.fence()).isEqualTo(3);
    assertThat(opened.catalogue().find(Timings.WALL_SECONDS)).isPresent();
    session.tell(new SessionActor.Compute(0, new Chunk(0, 4, 10, NO_RULE)));
    SessionActor.Computed computed = trainer.expectMessageClass(SessionActor.Computed.class);
    assertThat(computed.number()).isZero();
    assertThat(computed.frame().until()).isEqualTo(4);
    session.tell(new SessionActor.Close());
    trainer.expectTerminated(session, Duration.ofSeconds(5));
    assertThat(program.sessions().get(0).closed()).isTrue();
    assertThat(program.sessions().get(0).threads()).containsExactly("saltus-session");
  }

  @Test
  void after_a_failure_nothing_is_computed() {
    ScriptedProgram program =
        new ScriptedProgram(Script.learning().with(2, new Mishap.Failure("it broke")));
    ActorRef<SessionActor.Command> session = spawn(program, Duration.ofSeconds(5));
    trainer.expectMessageClass(SessionActor.Opened.class);
    session.tell(new SessionActor.Compute(0, new Chunk(0, 4, 10, NO_RULE)));
    session.tell(new SessionActor.Compute(1, new Chunk(2, 4, 10, NO_RULE)));
    session.tell(new SessionActor.Compute(2, new Chunk(2, 4, 10, NO_RULE)));
    assertThat(trainer.expectMessageClass(SessionActor.Computed.class).frame().until())
        .as("the steps before the one that fails")
        .isEqualTo(1);
    assertThat(trainer.expectMessageClass(SessionActor.Failed.class))
        .isEqualTo(new SessionActor.Failed(3, AttemptEnd.EXCEPTION, "it broke"));
    session.tell(new SessionActor.Close());
    trainer.expectTerminated(session, Duration.ofSeconds(5));
    assertThat(program.sessions().get(0).chunks()).hasSize(2);
  }

  @Test
  void a_session_that_does_not_close_in_time_is_left_to_its_thread() {
    Mishap.Hang hang = Mishap.Hang.once();
    ScriptedProgram program = new ScriptedProgram(Script.learning().with(0, hang));
    ActorRef<SessionActor.Command> session = spawn(program, Duration.ofMillis(20));
    trainer.expectMessageClass(SessionActor.Opened.class);
    session.tell(new SessionActor.Compute(0, new Chunk(0, 4, 10, NO_RULE)));
    Stage.await(hang.reached());
    session.tell(new SessionActor.Close());
    trainer.expectTerminated(session, Duration.ofSeconds(5));
    assertThat(program.sessions().get(0).closed()).isFalse();
    hang.released().countDown();
    threads.close();
    assertThat(program.sessions().get(0).closed()).isTrue();
  }

  @Test
  void a_session_that_hangs_is_reported_and_given_up_with_its_process_when_it_does_not_close() {
    Mishap.Hang hang = Mishap.Hang.once();
    ActorRef<SessionActor.Command> session = hanging(hang);
    assertThat(trainer.expectMessageClass(SessionActor.Failed.class))
        .isEqualTo(SessionActor.Failed.hung(3));
    assertThat(stuck.getCount()).as("before it is journalled").isEqualTo(1);
    session.tell(new SessionActor.Close());
    Stage.await(stuck);
    hang.released().countDown();
  }

  @Test
  void a_session_that_comes_back_after_all_leaves_the_process_alone() {
    Mishap.Hang hang = Mishap.Hang.once();
    ActorRef<SessionActor.Command> session = hanging(hang);
    trainer.expectMessageClass(SessionActor.Failed.class);
    hang.released().countDown();
    trainer.expectMessageClass(SessionActor.Computed.class);
    session.tell(new SessionActor.Close());
    trainer.expectTerminated(session, Duration.ofSeconds(5));
    assertThat(stuck.getCount()).isEqualTo(1);
  }

  /** A session that hangs in its first chunk, whose limit it exceeds soon. */
  private ActorRef<SessionActor.Command> hanging(Mishap.Hang hang) {
    ActorRef<SessionActor.Command> session =
        spawn(
            new ScriptedProgram(Script.learning().with(0, hang)),
            Stages.tools(
                threads,
                directory,
                """
                saltus.actors {
                  close-patience = 200 ms
                  hang { opening = 1 s, tick = 20 ms, grace = 20 ms }
                }
                """,
                System::nanoTime,
                stuck::countDown));
    trainer.expectMessageClass(SessionActor.Opened.class);
    session.tell(new SessionActor.Compute(0, new Chunk(0, 4, 10, NO_RULE)));
    Stage.await(hang.reached());
    return session;
  }

  @Test
  void a_session_that_is_stopped_is_closed_all_the_same() {
    ScriptedProgram program = new ScriptedProgram(Script.learning());
    ActorRef<SessionActor.Command> session = spawn(program, Duration.ofSeconds(5));
    trainer.expectMessageClass(SessionActor.Opened.class);
    actors.stop(session);
    threads.close();
    assertThat(program.sessions().get(0).closed()).isTrue();
  }

  @Test
  void every_command_is_one_that_these_tests_make_it_handle() {
    assertThat(Arrays.stream(SessionActor.Command.class.getPermittedSubclasses()))
        .extracting(Class::getSimpleName)
        .containsExactlyInAnyOrder(
            "Compute",
            "CatchUp",
            "StartOver",
            "Capture",
            "Look",
            "Close",
            "Closed",
            "CloseOverdue");
  }

  private ActorRef<SessionActor.Command> spawn(ScriptedProgram program, Duration patience) {
    return spawn(
        program,
        Stages.tools(
            threads, directory, "saltus.actors.close-patience = " + patience.toMillis() + " ms"));
  }

  private ActorRef<SessionActor.Command> spawn(ScriptedProgram program, TrainerTools tools) {
    SessionRequest request =
        new SessionRequest(
            ScriptedProgram.spec(10), List.of(new DeviceId("cpu", 0)), new TreeMap<>());
    return actors.spawn(
        SessionActor.create(
            new Assignment(new RunId("a"), 3, program, request),
            trainer.ref(),
            threads.one(),
            tools));
  }
}
