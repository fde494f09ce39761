package io.saltus.actors;

import static org.assertj.core.api.Assertions.assertThat;

import io.saltus.actors.study.StudyCommand;
import io.saltus.experiment.DeviceId;
import io.saltus.experiment.RunId;
import io.saltus.experiment.StudyId;
import io.saltus.experiment.event.AttemptEnd;
import io.saltus.experiment.event.StudyEvent;
import io.saltus.experiment.event.SupervisorEvent;
import io.saltus.experiment.event.SupervisorEvent.DeviceDrained;
import io.saltus.experiment.event.SupervisorEvent.DeviceRestored;
import io.saltus.experiment.event.SupervisorEvent.DiskRanLow;
import io.saltus.experiment.event.SupervisorEvent.DiskRecovered;
import io.saltus.experiment.event.SupervisorEvent.LeaseGranted;
import io.saltus.experiment.event.SupervisorEvent.LeaseReleased;
import io.saltus.experiment.event.SupervisorEvent.RestartScheduled;
import io.saltus.experiment.event.SupervisorEvent.RunEnqueued;
import io.saltus.experiment.event.SupervisorEvent.RunOutcome;
import io.saltus.experiment.event.SupervisorEvent.RunPreempted;
import io.saltus.experiment.event.SupervisorEvent.RunSettled;
import io.saltus.persistence.projection.SupervisorState;
import io.saltus.testkit.Script;
import io.saltus.testkit.ScriptedProgram;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.Done;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.pattern.StatusReply;
import org.apache.pekko.persistence.testkit.javadsl.EventSourcedBehaviorTestKit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One supervisor, one command at a time: its answer, its events, its state. */
class SupervisorTest {

  private static final RunId A = new RunId("a");
  private static final RunId B = new RunId("b");
  private static final DeviceId CPU = new DeviceId("cpu", 0);

  @TempDir private Path directory;

  private final ActorTestKit actors =
      ActorTestKit.create(SupervisionConfig.of(EventSourcedBehaviorTestKit.config()));
  private final SessionThreads threads = Stages.threads();
  private EventSourcedBehaviorTestKit<SupervisorCommand, SupervisorEvent, SupervisorState>
      supervisor;

  @BeforeEach
  void start() {
    supervisor =
        EventSourcedBehaviorTestKit.create(
            actors.system(),
            Supervisor.create(
                List.of(new ScriptedProgram(Script.learning())),
                Stages.DEVICES,
                WatchedDisk.look(Disk.endless()),
                Stages.tools(threads, directory, ""),
                new CompletableFuture<>()),
            EventSourcedBehaviorTestKit.disabledSerializationSettings().withVerifyEvents(true));
  }

  @AfterEach
  void stop() {
    actors.shutdownTestKit();
    threads.close();
  }

  @Test
  void a_name_that_is_unsettled_in_the_journal_is_refused() {
    supervisor.initialize(new RunEnqueued(A, "x"));
    EventSourcedBehaviorTestKit.CommandResultWithReply<
            SupervisorCommand, SupervisorEvent, SupervisorState, StatusReply<Done>>
        result =
            supervisor.runCommand(
                replyTo ->
                    new SupervisorCommand.Submit(
                        order(replyTo), Stage.submission("a", ScriptedProgram.spec(10))));
    assertThat(result.reply().getError()).hasMessage("run a exists");
    assertThat(result.hasNoEvents()).isTrue();
  }

  @Test
  void leases_of_an_ended_process_are_released() {
    supervisor.initialize(new RunEnqueued(A, "x"), new LeaseGranted(4, List.of(CPU), A));
    SupervisorState state = supervisor.getState();
    assertThat(state.lastFence()).isEqualTo(4);
    assertThat(
            supervisor
                .runCommand(new SupervisorCommand.ReclaimLeases(new TreeSet<>(List.of(4L))))
                .state()
                .unsettled())
        .containsEntry(A, SupervisorState.Standing.INTERRUPTED);
  }

  @Test
  void a_report_of_a_run_of_another_process_is_ignored() {
    Settlement settlement = new Settlement(A, RunOutcome.COMPLETED, 3, Optional.empty(), "");
    assertThat(
            supervisor.runCommand(new SupervisorCommand.TrainerSettled(settlement)).hasNoEvents())
        .isTrue();
  }

  @Test
  void every_command_has_a_handler() {
    TestProbe<StatusReply<Done>> anyone = actors.createTestProbe();
    TestProbe<Done> done = actors.createTestProbe();
    TestProbe<SupervisorState> state = actors.createTestProbe();
    TestProbe<Optional<RunHandle>> handle = actors.createTestProbe();
    Map<Class<?>, SupervisorCommand> samples = new LinkedHashMap<>();
    for (SupervisorCommand sample :
        List.of(
            new SupervisorCommand.Look(state.ref()),
            new SupervisorCommand.PauseAll("x", done.ref()),
            new SupervisorCommand.Hand(
                A, replyTo -> new TrainerCommand.Annotate(Stage.note("x"), replyTo), anyone.ref()),
            new SupervisorCommand.Resume(order(anyone.ref())),
            new SupervisorCommand.SubmissionAnswered(A, StatusReply.ack()),
            new SupervisorCommand.QueueNewcomers(),
            new SupervisorCommand.TrainerSettled(
                new Settlement(A, RunOutcome.COMPLETED, 3, Optional.empty(), "")),
            new SupervisorCommand.TrainerUnreadable(A, "x"),
            new SupervisorCommand.TrainerStopped(anyone.ref().unsafeUpcast(), "x"),
            new SupervisorCommand.ReclaimLeases(new TreeSet<>(List.of(1L))),
            new SupervisorCommand.TrainerWaits(A, AttemptEnd.KILLED, Duration.ofSeconds(1)),
            new SupervisorCommand.BackOffEnded(A),
            new SupervisorCommand.Restore(CPU),
            new SupervisorCommand.HandStudy(
                new StudyId("s"),
                new StudyCommand.Note(new StudyEvent.StudyDeleted(), anyone.ref())),
            new SupervisorCommand.StudyReady(new StudyCommand.Ready(new StudyId("s"), 1)),
            new SupervisorCommand.RestRun(A, "x", anyone.ref()),
            new SupervisorCommand.Join(A, handle.ref()),
            new SupervisorCommand.DiskSeen(DiskWatch.Seen.NOTHING),
            new SupervisorCommand.TrainerJournalFailed(A, 3, "x"),
            new SupervisorCommand.Submit(
                order(anyone.ref()), Stage.submission("a", ScriptedProgram.spec(10))))) {
      samples.put(sample.getClass(), sample);
    }
    assertThat(samples.keySet())
        .containsExactlyInAnyOrder(SupervisorCommand.class.getPermittedSubclasses());
    samples.values().forEach(supervisor::runCommand);
  }

  private static Order order(ActorRef<StatusReply<Done>> replyTo) {
    return new Order(
        A,
        ScriptedProgram.spec(10),
        new TreeMap<>(),
        Attendance.ATTENDED,
        Footprint.NONE,
        RunListener.none(),
        new CompletableFuture<>(),
        replyTo);
  }

  @Test
  void every_event_changes_the_state_but_what_is_seen_anew_and_who_is_asked_to_give_way() {
    List<SupervisorEvent> story =
        List.of(
            new RunEnqueued(A, "x"),
            new LeaseGranted(1, List.of(CPU), A),
            new RestartScheduled(A, AttemptEnd.KILLED, 1_000),
            new DeviceDrained(CPU, "x"),
            new DeviceRestored(CPU),
            new RunSettled(A, RunOutcome.COMPLETED),
            new LeaseReleased(1, "x"));
    List<Class<?>> seen = new ArrayList<>();
    SupervisorState state = SupervisorState.empty();
    for (SupervisorEvent event : story) {
      SupervisorState next = state.apply(event);
      assertThat(next).as("%s", event).isNotEqualTo(state);
      state = next;
      seen.add(event.getClass());
    }
    for (SupervisorEvent event :
        List.of(new DiskRanLow(1, 2), new DiskRecovered(3), new RunPreempted(A, B))) {
      assertThat(state.apply(event)).as("%s", event).isEqualTo(state);
      seen.add(event.getClass());
    }
    assertThat(seen).containsExactlyInAnyOrder(SupervisorEvent.class.getPermittedSubclasses());
    assertThat(state.unsettled()).isEmpty();
    assertThat(state.free(CPU)).isTrue();
    assertThat(state.lastFence()).isEqualTo(1);
  }

  @Test
  void runs_begin_one_after_the_other_in_the_order_of_their_submission() {
    List<String> order = Collections.synchronizedList(new ArrayList<>());
    try (Stage stage = new Stage(Script.learning())) {
      List<RunHandle> handles = new ArrayList<>();
      for (String run : List.of("a", "b", "c")) {
        handles.add(
            Stage.await(
                stage.supervision.submit(
                    Stage.submission(run, ScriptedProgram.spec(200)),
                    (event, sequence) -> order.add(run + " " + event.getClass().getSimpleName()))));
      }
      handles.forEach(handle -> Stage.await(handle.settled()));
      Stage.await(stage.supervision.pauseAll("the end"));
      List<Object> events = stage.journal.persistedInStorage("supervisor|main");
      assertThat(events.stream().filter(LeaseGranted.class::isInstance).toList())
          .containsExactly(
              new LeaseGranted(1, List.of(CPU), A),
              new LeaseGranted(2, List.of(CPU), B),
              new LeaseGranted(3, List.of(CPU), new RunId("c")));
      assertThat(events.stream().filter(LeaseReleased.class::isInstance)).hasSize(3);
    }
    assertThat(order.indexOf("b AttemptStarted")).isGreaterThan(order.indexOf("a RunCompleted"));
    assertThat(order.indexOf("c AttemptStarted")).isGreaterThan(order.indexOf("b RunCompleted"));
  }
}
