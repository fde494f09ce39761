package io.saltus.actors;

import static org.assertj.core.api.Assertions.assertThat;

import io.saltus.experiment.RunId;
import io.saltus.experiment.event.AnalysisEvent;
import io.saltus.experiment.event.AnalysisEvent.JumpDetected;
import io.saltus.experiment.event.AnalysisEvent.JumpSuspected;
import io.saltus.experiment.event.RunEvent;
import io.saltus.experiment.event.SupervisorEvent.RunOutcome;
import io.saltus.experiment.metric.MetricName;
import io.saltus.experiment.random.Philox;
import io.saltus.experiment.spec.ExperimentSpec;
import io.saltus.persistence.runs.BesideStream;
import io.saltus.persistence.runs.RunReader;
import io.saltus.testkit.Script;
import io.saltus.testkit.ScriptedProgram;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.Kill;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.pattern.Patterns;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The monitor beside a run, over a journal on disk. */
class MonitoredRunTest {

  private static final MetricName ACCURACY = new MetricName("train.accuracy");
  private static final RunId RUN = new RunId("a");

  /** Learnt all at once, after 700 steps. */
  private static final Script JUMPING =
      Script.learning()
          .with(
              ACCURACY,
              (seed, step) ->
                  (step < 700 ? 0.1 : 0.9) + 0.02 * (new Philox(seed).unit(step, 1) - 0.5));

  private static final ExperimentSpec SPEC =
      DurableHome.saving(100_000, ScriptedProgram.spec(1_400));

  @TempDir private Path directory;

  @Test
  void a_jump_is_found_while_the_run_goes_on_and_stands_beside_it_at_its_end() {
    DurableHome home = home("a", true);
    home.run(JUMPING, "a", SPEC);
    List<AnalysisEvent> said = said(home);
    JumpSuspected suspected = first(said, JumpSuspected.class);
    JumpDetected detected = first(said, JumpDetected.class);
    assertThat(suspected.step()).isBetween(700L, 720L);
    assertThat(suspected.changeStep()).isBetween(695L, 705L);
    assertThat(detected.suspectedStep()).isEqualTo(suspected.step());
    assertThat(detected.jump().midpoint()).isBetween(690.0, 710.0);
  }

  @Test
  void a_run_that_is_interrupted_at_any_step_is_commented_as_one_that_was_not() {
    DurableHome calm = home("calm", true);
    calm.run(JUMPING, "a", SPEC);
    DurableHome restless = home("restless", true);
    restless.interrupt(JUMPING, "a", SPEC, 400);
    restless.interruptAgain(JUMPING, "a", SPEC, 713);
    restless.interruptAgain(JUMPING, "a", SPEC, 955);
    restless.goOn(JUMPING, "a", SPEC);
    assertThat(said(restless)).isEqualTo(said(calm));
  }

  @Test
  void the_series_are_the_same_with_a_monitor_and_without() {
    DurableHome with = home("with", true);
    DurableHome without = home("without", false);
    with.run(JUMPING, "a", SPEC);
    without.run(JUMPING, "a", SPEC);
    assertThat(said(without)).isEmpty();
    assertThat(said(with)).isNotEmpty();
    assertThat(with.<Object>read(runs -> runs.computeDigest(RUN)))
        .isEqualTo(without.read(runs -> runs.computeDigest(RUN)));
  }

  @Test
  void a_suspected_jump_is_worth_a_checkpoint() {
    CountDownLatch suspected = new CountDownLatch(1);
    Script waiting =
        JUMPING.beforeStep(
            step -> {
              if (step == 900) {
                Stage.await(suspected);
              }
            });
    RunListener listener =
        new RunListener() {
          @Override
          public void persisted(RunEvent event, long sequence) {}

          @Override
          public void said(AnalysisEvent event) {
            suspected.countDown();
          }
        };
    DurableHome home = home("a", true);
    home.process(
        waiting,
        supervision -> Stage.await(DurableHome.submit(supervision, "a", SPEC, listener).settled()));
    List<Long> saved =
        home.journalled("a").stream()
            .filter(RunEvent.CheckpointSaved.class::isInstance)
            .map(event -> ((RunEvent.CheckpointSaved) event).step())
            .toList();
    assertThat(saved).hasSizeGreaterThanOrEqualTo(3);
    assertThat(saved.get(0)).isZero();
    assertThat(saved.get(1)).isBetween(700L, 932L);
    assertThat(saved.get(saved.size() - 1)).isEqualTo(1_400);
  }

  @Test
  void a_monitor_that_is_killed_leaves_its_run_to_itself() {
    CountDownLatch reached = new CountDownLatch(1);
    CountDownLatch released = new CountDownLatch(1);
    Script held =
        JUMPING.beforeStep(
            step -> {
              if (step == 600) {
                reached.countDown();
                Stage.await(released);
              }
            });
    DurableHome home = home("a", true);

    home.process(
        held,
        supervision -> {
          RunHandle handle = DurableHome.submit(supervision, "a", SPEC, RunListener.none());
          Stage.await(reached);
          killMonitor(supervision);
          released.countDown();
          assertThat(Stage.await(handle.settled()).outcome()).isEqualTo(RunOutcome.COMPLETED);
        });

    assertThat(said(home)).isEmpty();
  }

  private static void killMonitor(Supervision supervision) {
    ActorRef monitor =
        Stage.await(
            Adapter.toClassic(supervision.system())
                .actorSelection("/user/monitor-a-*")
                .resolveOne(Duration.ofSeconds(20)));
    Stage.await(Patterns.gracefulStop(monitor, Duration.ofSeconds(20), Kill.getInstance()));
  }

  private DurableHome home(String name, boolean monitored) {
    return new DurableHome(directory.resolve(name), monitored);
  }

  private static <E> E first(List<AnalysisEvent> said, Class<E> type) {
    return said.stream().filter(type::isInstance).map(type::cast).findFirst().orElseThrow();
  }

  private static List<AnalysisEvent> said(DurableHome home) {
    return home.read(MonitoredRunTest::said);
  }

  private static List<AnalysisEvent> said(RunReader runs) {
    List<AnalysisEvent> said = new ArrayList<>();
    runs.beside(RUN, BesideStream.ANALYSIS)
        .events(1, Long.MAX_VALUE)
        .forEachRemaining(each -> said.add(each.event()));
    return said;
  }
}
