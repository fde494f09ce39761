package io.saltus.actors;

import static org.assertj.core.api.Assertions.assertThat;

import io.saltus.experiment.DeviceId;
import io.saltus.experiment.RunId;
import io.saltus.experiment.Sha256;
import io.saltus.experiment.event.AttemptEnd;
import io.saltus.experiment.event.RunEvent;
import io.saltus.experiment.event.SupervisorEvent.RunOutcome;
import io.saltus.experiment.metric.Catalogue;
import io.saltus.experiment.metric.MetricFrame;
import io.saltus.experiment.provenance.Fingerprint;
import io.saltus.experiment.session.SessionRequest;
import io.saltus.persistence.checkpoint.StoredCheckpoint;
import io.saltus.persistence.projection.RunState;
import io.saltus.persistence.projection.RunStatus;
import io.saltus.testkit.Mishap;
import io.saltus.testkit.Script;
import io.saltus.testkit.ScriptedProgram;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import org.apache.pekko.Done;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.pattern.StatusReply;
import org.apache.pekko.persistence.testkit.javadsl.EventSourcedBehaviorTestKit;
import org.apache.pekko.persistence.testkit.javadsl.EventSourcedBehaviorTestKit.CommandResult;
import org.apache.pekko.persistence.testkit.javadsl.EventSourcedBehaviorTestKit.CommandResultWithReply;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One trainer, one command at a time: its answer, its events, its state. */
class TrainerTest {

  private static final RunId RUN = new RunId("a");
  private static final RunEvent STARTED =
      new RunEvent.AttemptStarted(
          1,
          List.of(new DeviceId("cpu", 0)),
          -1,
          new Fingerprint(new TreeMap<>(), new TreeMap<>()),
          new Catalogue(List.of()));

  @TempDir private Path directory;

  private final ActorTestKit actors = ActorTestKit.create(EventSourcedBehaviorTestKit.config());
  private final ScriptedProgram program = new ScriptedProgram(Script.learning());
  private final TestProbe<SupervisorCommand> supervisor = actors.createTestProbe();
  private final SessionThreads threads = Stages.threads();
  private EventSourcedBehaviorTestKit<TrainerCommand, RunEvent, RunState> trainer;

  @BeforeEach
  void start() {
    start(threads);
  }

  private void start(SessionThreads sessions) {
    trainer =
        EventSourcedBehaviorTestKit.create(
            actors.system(),
            Trainer.create(
                RUN, RunListener.none(), supervisor.ref(), Stages.tools(sessions, directory, "")),
            // Commands never leave the process; events and state are what the journal holds.
            EventSourcedBehaviorTestKit.disabledSerializationSettings()
                .withVerifyEvents(true)
                .withVerifyState(true));
  }

  @AfterEach
  void stop() {
    actors.shutdownTestKit();
    threads.close();
  }

  @Test
  void a_submission_is_journalled_with_its_words_and_acknowledged() {
    CommandResultWithReply<TrainerCommand, RunEvent, RunState, StatusReply<Done>> result =
        submit(Optional.of(Stage.note("first")));
    assertThat(result.reply().isSuccess()).isTrue();
    assertThat(result.events()).containsExactly(submitted(), Stage.note("first"));
    assertThat(result.state().status()).isEqualTo(RunStatus.QUEUED);
  }

  @Test
  void a_second_submission_is_refused() {
    submit(Optional.empty());
    CommandResultWithReply<TrainerCommand, RunEvent, RunState, StatusReply<Done>> result =
        submit(Optional.empty());
    assertThat(result.reply().isError()).isTrue();
    assertThat(result.hasNoEvents()).isTrue();
  }

  @Test
  void words_about_a_run_that_is_not_there_are_refused() {
    CommandResultWithReply<TrainerCommand, RunEvent, RunState, StatusReply<Done>> result =
        trainer.runCommand(replyTo -> new TrainerCommand.Annotate(Stage.note("x"), replyTo));
    assertThat(result.reply().getError()).hasMessage("there is no run a");
    assertThat(result.hasNoEvents()).isTrue();
  }

  @Test
  void words_are_taken_at_any_time_after_the_submission() {
    submit(Optional.empty());
    for (RunEvent each : List.of(STARTED, new RunEvent.RunPaused(-1, ""))) {
      trainer.initialize(submitted(), each);
      CommandResultWithReply<TrainerCommand, RunEvent, RunState, StatusReply<Done>> result =
          trainer.runCommand(replyTo -> new TrainerCommand.Annotate(Stage.note("x"), replyTo));
      assertThat(result.reply().isSuccess()).isTrue();
      assertThat(result.event()).isEqualTo(Stage.note("x"));
      assertThat(result.state().annotations().note()).contains("x");
    }
  }

  @Test
  void an_attempt_that_another_trainer_left_open_can_be_ended() {
    trainer.initialize(submitted(), STARTED, metrics(0, 3));
    CommandResult<TrainerCommand, RunEvent, RunState> result =
        trainer.runCommand(new TrainerCommand.CloseAttempt(AttemptEnd.KILLED, "it died"));
    assertThat(result.events())
        .containsExactly(
            new RunEvent.AttemptEnded(1, AttemptEnd.KILLED, "it died"),
            new RunEvent.RunFailed(3, AttemptEnd.KILLED, "it died"));
    assertThat(settlement())
        .isEqualTo(
            new Settlement(RUN, RunOutcome.FAILED, 3, Optional.of(AttemptEnd.KILLED), "it died"));
  }

  @Test
  void an_end_that_was_journalled_already_is_only_told() {
    trainer.initialize(
        submitted(),
        STARTED,
        metrics(0, 3),
        new RunEvent.AttemptEnded(1, AttemptEnd.COMPLETED, ""),
        new RunEvent.RunCompleted(3, Optional.empty()));
    assertThat(
            trainer
                .runCommand(new TrainerCommand.CloseAttempt(AttemptEnd.KILLED, ""))
                .hasNoEvents())
        .isTrue();
    assertThat(settlement().outcome()).isEqualTo(RunOutcome.COMPLETED);
  }

  @Test
  void a_run_found_open_is_left_as_it_is() {
    trainer.initialize(submitted(), STARTED, metrics(0, 3));
    assertThat(trainer.runCommand(begin(1)).hasNoEvents()).isTrue();
    assertThat(trainer.runCommand(new TrainerCommand.Pause("now", nobody())).hasNoEvents())
        .isTrue();
    assertThat(trainer.getState().status()).isEqualTo(RunStatus.RUNNING);
    assertThat(program.requests()).isEmpty();
  }

  @Test
  void frames_under_another_lease_or_number_are_refused() {
    Mishap.Hang hang = Mishap.Hang.once();
    ScriptedProgram hanging = new ScriptedProgram(Script.learning().with(0, hang));
    submit(Optional.empty());
    trainer.runCommand(new TrainerCommand.Begin(new Assignment(RUN, 7, hanging, request())));
    Stage.await(hang.reached());
    assertThat(trainer.getState().status()).isEqualTo(RunStatus.RUNNING);
    MetricFrame frame = new MetricFrame(0, 0, List.of());
    for (SessionActor.Computed stale :
        List.of(
            new SessionActor.Computed(6, 0, frame, 1), new SessionActor.Computed(7, 1, frame, 1))) {
      assertThat(trainer.runCommand(new TrainerCommand.SessionReported(stale)).hasNoEvents())
          .isTrue();
    }
    MetricFrame gap = new MetricFrame(5, 5, List.of());
    CommandResult<TrainerCommand, RunEvent, RunState> result =
        trainer.runCommand(
            new TrainerCommand.SessionReported(new SessionActor.Computed(7, 0, gap, 1)));
    String message = "the session gave steps from 5 after step -1";
    assertThat(result.events())
        .containsExactly(
            new RunEvent.AttemptEnded(1, AttemptEnd.EXCEPTION, message),
            new RunEvent.RunFailed(-1, AttemptEnd.EXCEPTION, message));
    hang.released().countDown();
  }

  @Test
  void a_session_whose_actor_is_gone_fails_the_attempt() {
    Mishap.Hang hang = Mishap.Hang.once();
    ScriptedProgram hanging = new ScriptedProgram(Script.learning().with(0, hang));
    submit(Optional.empty());
    trainer.runCommand(new TrainerCommand.Begin(new Assignment(RUN, 7, hanging, request())));
    Stage.await(hang.reached());
    assertThat(trainer.runCommand(new TrainerCommand.SessionStopped(6)).hasNoEvents()).isTrue();
    CommandResult<TrainerCommand, RunEvent, RunState> result =
        trainer.runCommand(new TrainerCommand.SessionStopped(7));
    assertThat(Recorded.story(result.events())).containsExactly("AttemptEnded", "RunFailed");
    hang.released().countDown();
  }

  @Test
  void every_command_has_a_handler() {
    Map<Class<?>, TrainerCommand> samples = new LinkedHashMap<>();
    TestProbe<StatusReply<Done>> anyone = actors.createTestProbe();
    for (TrainerCommand sample :
        List.of(
            new TrainerCommand.Submit(submitted(), List.of(), anyone.ref()),
            new TrainerCommand.Resume(anyone.ref()),
            new TrainerCommand.Extend(20, anyone.ref()),
            new TrainerCommand.Cancel("x", anyone.ref()),
            new TrainerCommand.CheckpointWritten(
                1, 3, new StoredCheckpoint(Sha256.of(new byte[0]), 1), 1),
            new TrainerCommand.CheckpointUnwritten(1, 3, new IOException("x")),
            new TrainerCommand.Annotate(Stage.note("x"), anyone.ref()),
            new TrainerCommand.Pause("x", anyone.ref()),
            new TrainerCommand.PatienceEnded(1),
            new TrainerCommand.SaveSoon(),
            new TrainerCommand.GiveWay(1, "x"),
            new TrainerCommand.SessionReported(
                new SessionActor.Failed(1, AttemptEnd.EXCEPTION, "x")),
            new TrainerCommand.SessionStopped(1),
            begin(1),
            new TrainerCommand.CloseAttempt(AttemptEnd.KILLED, "x"),
            new TrainerCommand.Delete(anyone.ref()),
            new TrainerCommand.Leave())) {
      samples.put(sample.getClass(), sample);
    }
    assertThat(samples.keySet()).containsExactlyInAnyOrderElementsOf(leaves(TrainerCommand.class));
    // Fails where the handler has no case for a command. Leave stops the trainer, so it is last.
    samples.remove(TrainerCommand.Leave.class);
    samples.values().forEach(trainer::runCommand);
  }

  private CommandResultWithReply<TrainerCommand, RunEvent, RunState, StatusReply<Done>> submit(
      Optional<RunEvent.RunAnnotated> annotation) {
    return trainer.runCommand(
        replyTo ->
            new TrainerCommand.Submit(
                submitted(), annotation.stream().map(RunEvent.class::cast).toList(), replyTo));
  }

  /** A pause that is refused answers; whoever asks here does not listen. */
  private ActorRef<StatusReply<Done>> nobody() {
    return actors.system().ignoreRef();
  }

  private static List<Class<?>> leaves(Class<?> sealed) {
    return Arrays.stream(sealed.getPermittedSubclasses())
        .flatMap(each -> (each.isSealed() ? leaves(each) : List.<Class<?>>of(each)).stream())
        .toList();
  }

  private Settlement settlement() {
    return supervisor.expectMessageClass(SupervisorCommand.TrainerSettled.class).settlement();
  }

  private RunEvent.RunSubmitted submitted() {
    return new Admission(List.of(program)).record(Stage.submission("a", ScriptedProgram.spec(10)));
  }

  private static RunEvent metrics(long from, long until) {
    return new RunEvent.MetricsRecorded(1, new MetricFrame(from, until, List.of()));
  }

  @Test
  void a_run_whose_session_is_being_opened_gives_way_without_an_attempt_and_loses_nothing() {
    CountDownLatch opens = new CountDownLatch(1);
    ThreadFactory slow =
        task ->
            SessionThreads.daemons()
                .newThread(
                    () -> {
                      Stage.await(opens);
                      task.run();
                    });
    try (SessionThreads sessions = new SessionThreads(slow, Duration.ofSeconds(5))) {
      start(sessions);
      submit(Optional.empty());
      trainer.runCommand(begin(7));
      for (long fence : new long[] {6, 7}) {
        assertThat(trainer.runCommand(new TrainerCommand.GiveWay(fence, "x")).hasNoEvents())
            .isTrue();
      }
      opens.countDown();

      assertThat(supervisor.expectMessageClass(SupervisorCommand.TrainerWaits.class))
          .isEqualTo(new SupervisorCommand.TrainerWaits(RUN, AttemptEnd.PREEMPTED, Duration.ZERO));
      assertThat(trainer.getState().status()).isEqualTo(RunStatus.QUEUED);
    }
  }

  private TrainerCommand.Begin begin(long fence) {
    return new TrainerCommand.Begin(new Assignment(RUN, fence, program, request()));
  }

  private static SessionRequest request() {
    return new SessionRequest(
        ScriptedProgram.spec(10), List.of(new DeviceId("cpu", 0)), new TreeMap<>());
  }
}
