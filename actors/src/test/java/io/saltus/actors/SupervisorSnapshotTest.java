package io.saltus.actors;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import io.saltus.actors.monitor.Monitors;
import io.saltus.experiment.event.SupervisorEvent;
import io.saltus.experiment.event.SupervisorEvent.RunOutcome;
import io.saltus.persistence.codec.EventCodec;
import io.saltus.persistence.codec.SupervisorStateCodec;
import io.saltus.persistence.codec.SupervisorStateSerializer;
import io.saltus.persistence.home.Home;
import io.saltus.persistence.home.HomeLock;
import io.saltus.persistence.journal.JournalConfig;
import io.saltus.persistence.journal.StoreSetup;
import io.saltus.persistence.projection.SupervisorState;
import io.saltus.persistence.read.Bytes;
import io.saltus.persistence.read.JournalReader;
import io.saltus.persistence.read.SerializedValue;
import io.saltus.persistence.read.StoredSnapshot;
import io.saltus.persistence.rocks.RocksStore;
import io.saltus.persistence.rocks.StoreOptions;
import io.saltus.testkit.Script;
import io.saltus.testkit.ScriptedProgram;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.pekko.actor.setup.ActorSystemSetup;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a supervisor saves of its state, and what the next process makes of it. */
class SupervisorSnapshotTest {

  private static final String STREAM = "supervisor|main";
  private static final EventCodec<SupervisorEvent> CODEC = EventCodec.ofSupervisor();

  @TempDir private Path directory;

  @BeforeEach
  void three_runs_come_to_rest() {
    inHome(
        supervision -> {
          for (String run : List.of("a", "b", "c")) {
            assertThat(complete(supervision, run)).isEqualTo(RunOutcome.COMPLETED);
          }
          Stage.await(supervision.pauseAll("the process ends"));
        });
  }

  @Test
  void a_snapshot_is_what_its_events_give_and_so_is_what_follows_from_it() {
    StoredSnapshot saved = withStore(store -> store.reader().latestSnapshot(STREAM).orElseThrow());
    assertThat(saved.sequence()).isGreaterThan(3);
    assertThat(
            SupervisorStateCodec.decode(
                saved.payload().manifest(), ByteBuffer.wrap(saved.payload().bytes().toArray())))
        .isEqualTo(folded(saved.sequence()));
    assertThat(recovered()).isEqualTo(folded(Long.MAX_VALUE));
  }

  @Test
  void recovery_begins_with_the_snapshot() {
    SupervisorState other = new SupervisorState(new TreeMap<>(), new TreeMap<>(), 1000, List.of());
    overwrite(SupervisorStateCodec.encode(other));
    assertThat(recovered().lastFence()).isEqualTo(1000);
  }

  @Test
  void a_snapshot_that_cannot_be_read_is_passed_over() {
    overwrite(new byte[] {1, 2, 3});
    assertThat(recovered()).isEqualTo(folded(Long.MAX_VALUE));
    inHome(supervision -> assertThat(complete(supervision, "d")).isEqualTo(RunOutcome.COMPLETED));
  }

  private static RunOutcome complete(Supervision supervision, String run) {
    return Stage.await(
            DurableHome.submit(supervision, run, ScriptedProgram.spec(20), RunListener.none())
                .settled())
        .outcome();
  }

  private SupervisorState recovered() {
    List<SupervisorState> looked = new ArrayList<>();
    inHome(supervision -> looked.add(Stage.await(supervision.look())));
    return looked.get(0);
  }

  private SupervisorState folded(long untilSequence) {
    return withStore(
        store -> {
          List<SupervisorEvent> events = new ArrayList<>();
          store
              .reader()
              .events(STREAM, 1, untilSequence)
              .forEachRemaining(
                  stored -> events.add(CODEC.decode(stored.manifest(), stored.bytes().toArray())));
          return SupervisorState.empty().apply(events);
        });
  }

  /** Puts another snapshot in the place of the last one. */
  private void overwrite(byte[] state) {
    withStore(
        store -> {
          try (JournalReader reader = store.reader()) {
            return store
                .saveSnapshot(
                    STREAM,
                    reader.highestSequence(STREAM),
                    Clock.systemUTC().instant(),
                    new SerializedValue(
                        SupervisorStateSerializer.ID,
                        SupervisorStateCodec.MANIFEST,
                        Bytes.wrap(state)),
                    null)
                .thenApply(done -> true)
                .join();
          }
        });
  }

  private <T> T withStore(Function<RocksStore, T> use) {
    try (HomeLock lock = Home.at(directory).lockForWriting("test");
        RocksStore store =
            RocksStore.open(lock.home().journal(), StoreOptions.defaults(), Clock.systemUTC())) {
      return use.apply(store);
    }
  }

  private void inHome(Consumer<Supervision> scene) {
    withStore(
        store -> {
          try (Supervision supervision =
              Supervision.start(
                  ConfigFactory.parseString("saltus.actors.snapshot-every = 3")
                      .withFallback(JournalConfig.plugins()),
                  ActorSystemSetup.create(new StoreSetup(store)),
                  List.of(new ScriptedProgram(Script.learning())),
                  Stages.DEVICES,
                  Disk.endless(),
                  Clock.systemUTC(),
                  () -> 0,
                  SessionThreads.daemons(),
                  Histories.of(store),
                  Stages.checkpoints(directory.resolve("checkpoints")),
                  Monitors.none(),
                  () -> {})) {
            scene.accept(supervision);
            return true;
          }
        });
  }
}
