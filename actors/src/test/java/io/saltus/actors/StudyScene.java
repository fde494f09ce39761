package io.saltus.actors;

import static org.assertj.core.api.Assertions.assertThat;

import io.saltus.actors.study.RunRest;
import io.saltus.actors.study.StudyCommand;
import io.saltus.actors.study.StudyEnd;
import io.saltus.actors.study.StudyListener;
import io.saltus.actors.study.StudyOrder;
import io.saltus.experiment.RunId;
import io.saltus.experiment.StudyId;
import io.saltus.experiment.event.StudyEvent;
import io.saltus.experiment.event.StudyEvent.RunAssigned;
import io.saltus.experiment.event.StudyEvent.RunRefused;
import io.saltus.experiment.event.StudyEvent.StudyOutcome;
import io.saltus.experiment.event.StudyEvent.StudySubmitted;
import io.saltus.experiment.metric.MetricName;
import io.saltus.experiment.provenance.CodeProvenance;
import io.saltus.experiment.spec.ExperimentSpec;
import io.saltus.experiment.spec.PlannedRun;
import io.saltus.experiment.spec.SpecSchema;
import io.saltus.experiment.spec.Study;
import io.saltus.persistence.projection.RunState;
import io.saltus.testkit.Script;
import io.saltus.testkit.ScriptedProgram;
import io.saltus.testkit.SpecDraft;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import org.apache.pekko.Done;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.Kill;
import org.apache.pekko.actor.typed.javadsl.Adapter;

/** One study of four runs under a {@link Stage}, and what is looked at in its journal. */
final class StudyScene {

  static final StudyId STUDY = new StudyId("s");

  /** Short chunks, so that a run that is to rest at step 50 does so, on any machine. */
  private static final String QUICK =
      """
      saltus.actors.chunk-steps = 16
      saltus.actors.restart { budget = 3, first-wait = 1 ms, longest-wait = 2 ms }
      """;

  private StudyScene() {}

  /** Counts down whenever an actor of the study begins its work. */
  record Starts(CountDownLatch left) implements StudyListener {
    @Override
    public void started(long runs, long done) {
      left.countDown();
    }

    @Override
    public void began(RunId run, PlannedRun planned) {}

    @Override
    public void reused(RunId run, PlannedRun planned) {}

    @Override
    public void rested(RunRest rest) {}

    @Override
    public void refused(RunId run, String reason) {}
  }

  /** Four runs of 100 steps. */
  static ExperimentSpec spec() {
    return SpecDraft.of(ScriptedProgram.spec(100))
        .study(new Study(new TreeMap<>(), List.of(1L, 2L, 3L, 4L)))
        .spec();
  }

  static StudySubmitted submitted() {
    return new StudySubmitted(
        STUDY, spec(), new CodeProvenance("test", Optional.empty(), false, Optional.empty()));
  }

  static StudyOrder order(SupervisedDesk desk, int parallel, StudyListener listener) {
    return new StudyOrder(
        STUDY,
        List.of(submitted()),
        SpecSchema.of(List.of(new ScriptedProgram(Script.learning()))),
        parallel,
        false,
        false,
        desk,
        listener,
        new CompletableFuture<>());
  }

  static StudyOrder goingOn(SupervisedDesk desk, StudyEvent... first) {
    StudyOrder order = order(desk, 2, nobody());
    return new StudyOrder(
        STUDY,
        List.of(first),
        order.schema(),
        order.parallel(),
        false,
        false,
        desk,
        order.listener(),
        order.settled());
  }

  static StudyListener nobody() {
    return new Starts(new CountDownLatch(0));
  }

  static Stage stage(Script script, int slots) {
    return new Stage(script, QUICK, System::nanoTime, Stages.slots(slots));
  }

  static RunId run(int number) {
    return STUDY.run(number);
  }

  /** Kills the actor of the study, as a fault in it would. */
  static void kill(Stage stage) {
    Adapter.toClassic(stage.supervision.system())
        .actorSelection("/user/study-" + STUDY + "-*")
        .tell(Kill.getInstance(), ActorRef.noSender());
  }

  static <E extends StudyEvent> List<E> events(Stage stage, Class<E> type) {
    return stage.journalled("study|" + STUDY, StudyEvent.class).stream()
        .filter(type::isInstance)
        .map(type::cast)
        .toList();
  }

  static CompletionStage<Done> rest(Stage stage) {
    return stage.supervision.hand(STUDY, to -> new StudyCommand.Rest("the end of the day", to));
  }

  static String status(Stage stage, int run) {
    return state(stage, run).status().text();
  }

  static RunState state(Stage stage, int run) {
    return new MemoryHistory(stage.journalled(run(run).value())).state();
  }

  /** What each run of a study computes that nothing happens to. */
  static SortedMap<RunId, SortedMap<MetricName, SortedMap<Long, Long>>> calm() {
    try (Stage stage = stage(Script.learning(), 2);
        SupervisedDesk desk = new SupervisedDesk(stage)) {
      StudyOrder order = order(desk, 2, nobody());
      Stage.await(stage.supervision.conduct(order));
      assertThat(Stage.await(order.settled()))
          .isEqualTo(new StudyEnd(STUDY, StudyOutcome.COMPLETED, ""));
      return computed(desk);
    }
  }

  static SortedMap<RunId, SortedMap<MetricName, SortedMap<Long, Long>>> computed(
      SupervisedDesk desk) {
    SortedMap<RunId, SortedMap<MetricName, SortedMap<Long, Long>>> computed = new TreeMap<>();
    desk.heard().forEach((run, heard) -> computed.put(run, heard.series()));
    return computed;
  }

  static void assertDoneOnce(Stage stage, SupervisedDesk desk) {
    assertThat(events(stage, RunAssigned.class))
        .extracting(RunAssigned::run)
        .containsExactly(run(1), run(2), run(3), run(4));
    assertThat(events(stage, RunRefused.class)).isEmpty();
    for (Map.Entry<RunId, Recorded> each : desk.heard().entrySet()) {
      assertThat(each.getValue().story())
          .as("%s", each.getKey())
          .containsExactly(
              "RunSubmitted", "AttemptStarted", "MetricsRecorded", "AttemptEnded", "RunCompleted");
    }
    assertThat(computed(desk)).hasSize(4).isEqualTo(calm());
  }
}
