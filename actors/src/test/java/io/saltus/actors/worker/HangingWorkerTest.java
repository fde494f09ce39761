package io.saltus.actors.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.saltus.actors.Disk;
import io.saltus.actors.RunHandle;
import io.saltus.actors.Settlement;
import io.saltus.actors.Submission;
import io.saltus.actors.Supervision;
import io.saltus.experiment.Device;
import io.saltus.experiment.DeviceId;
import io.saltus.experiment.RunId;
import io.saltus.experiment.event.AttemptEnd;
import io.saltus.experiment.event.RunEvent;
import io.saltus.experiment.event.SupervisorEvent.RunOutcome;
import io.saltus.experiment.provenance.CodeProvenance;
import io.saltus.experiment.spec.Isolation;
import io.saltus.persistence.checkpoint.CheckpointStore;
import io.saltus.persistence.home.Home;
import io.saltus.persistence.home.HomeLock;
import io.saltus.persistence.home.WorkerFiles;
import io.saltus.persistence.rocks.RocksStore;
import io.saltus.persistence.rocks.StoreOptions;
import io.saltus.testkit.ScriptedProgram;
import io.saltus.testkit.SpecDraft;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A run whose first worker hangs for ever in the middle. */
@Timeout(180)
class HangingWorkerTest {

  private static final long STEPS = 100;
  private static final WorkerLimits LIMITS =
      new WorkerLimits(
          Duration.ofSeconds(60),
          Duration.ofSeconds(3),
          1,
          Duration.ofMillis(50),
          Duration.ofMillis(100));

  @TempDir Path directory;

  private final List<RunEvent> events = new CopyOnWriteArrayList<>();

  @ParameterizedTest
  @CsvSource({"hang, still gave signs of life", "stop, gave no signs of life"})
  void it_is_killed_the_hang_is_journalled_and_the_run_goes_on_in_another(String fault, String said)
      throws Exception {
    AtomicInteger starts = new AtomicInteger();
    try (HomeLock lock = Home.at(directory).lockForWriting("test");
        RocksStore store =
            RocksStore.open(lock.home().journal(), StoreOptions.defaults(), Clock.systemUTC());
        Workers workers =
            new Workers(
                slot -> ScriptedWorker.command(starts.getAndIncrement() == 0 ? fault : "nothing"),
                List.of(),
                WorkerFiles.of(lock),
                LIMITS,
                System::nanoTime,
                CorePinning.none("not asked in this test"));
        Supervision supervision =
            Supervision.start(
                store,
                CheckpointStore.at(lock.home().checkpoints()),
                List.of(new WorkerProgram(new ScriptedProgram(ScriptedWorker.script()), workers)),
                List.of(new Device(new DeviceId("cpu", 0), "cpu", 1, 1L << 30)),
                Disk.endless(),
                Clock.systemUTC(),
                System::nanoTime)) {
      RunHandle handle =
          supervision
              .submit(submission(), (event, sequence) -> events.add(event))
              .toCompletableFuture()
              .get(60, TimeUnit.SECONDS);

      Settlement settlement = handle.settled().toCompletableFuture().get(120, TimeUnit.SECONDS);

      assertThat(settlement.outcome()).isEqualTo(RunOutcome.COMPLETED);
      assertThat(settlement.step()).isEqualTo(STEPS);
    }
    assertThat(starts).hasValue(2);
    assertThat(ends().get(0).cause()).isEqualTo(AttemptEnd.HUNG);
    assertThat(ends().get(0).message()).contains(said);
    assertThat(ends()).hasSize(2);
    assertThat(steps()).as("each step once").isEqualTo(STEPS + 1);
  }

  private List<RunEvent.AttemptEnded> ends() {
    return events.stream()
        .filter(RunEvent.AttemptEnded.class::isInstance)
        .map(RunEvent.AttemptEnded.class::cast)
        .toList();
  }

  private long steps() {
    return events.stream()
        .filter(RunEvent.MetricsRecorded.class::isInstance)
        .map(event -> ((RunEvent.MetricsRecorded) event).frame())
        .mapToLong(frame -> frame.until() - frame.from() + 1)
        .sum();
  }

  private static Submission submission() {
    return new Submission(
        new RunId("r1"),
        SpecDraft.of(ScriptedProgram.spec(STEPS)).isolation(Isolation.PROCESS).spec(),
        new TreeMap<>(),
        List.of(),
        new CodeProvenance("test", Optional.empty(), false, Optional.empty()),
        Optional.empty(),
        Optional.empty());
  }
}
