package io.saltus.actors;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import io.saltus.actors.monitor.Monitors;
import io.saltus.experiment.RunId;
import io.saltus.experiment.event.RunEvent;
import io.saltus.experiment.event.SupervisorEvent.RunOutcome;
import io.saltus.persistence.codec.EventCodec;
import io.saltus.persistence.home.Home;
import io.saltus.persistence.home.HomeLock;
import io.saltus.persistence.journal.JournalConfig;
import io.saltus.persistence.journal.StoreSetup;
import io.saltus.persistence.projection.SupervisorState;
import io.saltus.persistence.read.JournalReader;
import io.saltus.persistence.rocks.RocksStore;
import io.saltus.persistence.rocks.StoreOptions;
import io.saltus.testkit.Mishap;
import io.saltus.testkit.Script;
import io.saltus.testkit.ScriptedProgram;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.actor.setup.ActorSystemSetup;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole runs over the journal of a home on disk, and what the next process finds there. */
class DurableRunTest {

  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC);

  private static final EventCodec<RunEvent> CODEC = EventCodec.ofRuns();

  @TempDir private Path directory;

  @Test
  void what_was_heard_is_what_the_next_process_reads() {
    Recorded heard = new Recorded();
    inHome(
        Script.learning(),
        supervision -> {
          Settlement settlement =
              Stage.await(
                  Stage.await(
                          supervision.submit(
                              Stage.submission("a", ScriptedProgram.spec(20_000)), heard))
                      .settled());
          assertThat(settlement.outcome()).isEqualTo(RunOutcome.COMPLETED);
        });
    assertThat(journalled("a")).isEqualTo(heard.events());
  }

  @Test
  void a_run_that_came_to_rest_has_a_snapshot_of_its_end() {
    Recorded heard = new Recorded();
    inHome(
        Script.learning(),
        supervision -> {
          Stage.await(
              Stage.await(
                      supervision.submit(Stage.submission("a", ScriptedProgram.spec(100)), heard))
                  .settled());
          Stage.await(supervision.pauseAll("the test ends"));
        });
    try (HomeLock lock = Home.at(directory).lockForWriting("test");
        RocksStore store = RocksStore.open(lock.home().journal(), StoreOptions.defaults(), CLOCK);
        JournalReader reader = store.reader()) {
      assertThat(reader.latestSnapshot("run|a").orElseThrow().sequence())
          .isEqualTo(heard.events().size());
    }
  }

  @Test
  void a_run_is_known_to_the_next_process() {
    inHome(
        Script.learning(),
        supervision ->
            Stage.await(
                Stage.await(
                        supervision.submit(
                            Stage.submission("a", ScriptedProgram.spec(100)), RunListener.none()))
                    .settled()));
    inHome(
        Script.learning(),
        supervision -> {
          assertThat(
                  Stage.refusal(
                      supervision.submit(
                          Stage.submission("a", ScriptedProgram.spec(100)), RunListener.none())))
              .isEqualTo("run a exists");
          Stage.await(supervision.annotate(new RunId("a"), Stage.note("later")));
        });
    List<RunEvent> events = journalled("a");
    assertThat(events.get(events.size() - 1)).isEqualTo(Stage.note("later"));
  }

  @Test
  void a_run_whose_process_ended_is_left_as_it_is_and_its_device_is_freed() {
    Mishap.Hang hang = Mishap.Hang.once();
    inHome(
        Script.learning().with(300, hang),
        supervision -> {
          Stage.await(
              supervision.submit(
                  Stage.submission("a", ScriptedProgram.spec(1000)), RunListener.none()));
          Stage.await(hang.reached());
          // As near to a crash as a process can come to itself: nothing is paused, nothing told.
        });
    hang.released().countDown();
    List<RunEvent> before = journalled("a");
    assertThat(Recorded.story(before))
        .containsExactly("RunSubmitted", "AttemptStarted", "MetricsRecorded");
    inHome(
        Script.learning(),
        supervision -> {
          Settlement next =
              Stage.await(
                  Stage.await(
                          supervision.submit(
                              Stage.submission("b", ScriptedProgram.spec(50)), RunListener.none()))
                      .settled());
          assertThat(next.outcome()).isEqualTo(RunOutcome.COMPLETED);
          // A pause is answered when every session is closed and every lease given back.
          Stage.await(supervision.pauseAll("the test ends"));
          SupervisorState state = Stage.await(supervision.look());
          assertThat(state.unsettled())
              .containsEntry(new RunId("a"), SupervisorState.Standing.INTERRUPTED);
          assertThat(state.leases()).isEmpty();
          assertThat(state.lastFence()).isEqualTo(2);
        });
    assertThat(journalled("a")).isEqualTo(before);
  }

  private interface Scene {
    void play(Supervision supervision);
  }

  private void inHome(Script script, Scene scene) {
    try (HomeLock lock = Home.at(directory).lockForWriting("test");
        RocksStore store = RocksStore.open(lock.home().journal(), StoreOptions.defaults(), CLOCK);
        Supervision supervision =
            Supervision.start(
                ConfigFactory.parseString("saltus.actors.close-patience = 50 ms")
                    .withFallback(JournalConfig.plugins()),
                ActorSystemSetup.create(new StoreSetup(store)),
                List.of(new ScriptedProgram(script)),
                Stages.DEVICES,
                Disk.endless(),
                Clock.systemUTC(),
                System::nanoTime,
                SessionThreads.daemons(),
                Histories.of(store),
                Stages.checkpoints(lock.home().checkpoints()),
                Monitors.none(),
                () -> {})) {
      scene.play(supervision);
    }
  }

  private List<RunEvent> journalled(String run) {
    try (HomeLock lock = Home.at(directory).lockForWriting("test");
        RocksStore store = RocksStore.open(lock.home().journal(), StoreOptions.defaults(), CLOCK);
        JournalReader reader = store.reader()) {
      List<RunEvent> events = new ArrayList<>();
      reader
          .events("run|" + run, 1, Long.MAX_VALUE)
          .forEachRemaining(
              stored -> events.add(CODEC.decode(stored.manifest(), stored.bytes().toArray())));
      return events;
    }
  }
}
