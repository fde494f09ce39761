package io.saltus.actors.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.saltus.actors.Disk;
import io.saltus.actors.RunListener;
import io.saltus.actors.Submission;
import io.saltus.actors.Supervision;
import io.saltus.experiment.Device;
import io.saltus.experiment.DeviceId;
import io.saltus.experiment.RunId;
import io.saltus.experiment.event.AttemptEnd;
import io.saltus.experiment.event.RunEvent;
import io.saltus.experiment.event.SupervisorEvent;
import io.saltus.experiment.event.SupervisorEvent.DeviceDrained;
import io.saltus.experiment.provenance.CodeProvenance;
import io.saltus.experiment.spec.DeviceKind;
import io.saltus.experiment.spec.Isolation;
import io.saltus.experiment.spec.Placing;
import io.saltus.persistence.checkpoint.CheckpointStore;
import io.saltus.persistence.home.Home;
import io.saltus.persistence.home.HomeLock;
import io.saltus.persistence.home.WorkerFiles;
import io.saltus.persistence.read.JournalReader;
import io.saltus.persistence.rocks.RocksStore;
import io.saltus.persistence.rocks.StoreOptions;
import io.saltus.persistence.runs.SupervisorReader;
import io.saltus.testkit.ScriptedProgram;
import io.saltus.testkit.SimulatedGpus;
import io.saltus.testkit.SpecDraft;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Runs whose workers really die, and what is journalled and kept of it. */
@Timeout(180)
class LostWorkersTest {

  private static final Device GPU = new SimulatedGpus(List.of(1L << 34)).devices().get(0);
  private static final Device SLOT = new Device(new DeviceId("cpu", 0), "cpu", 1, 1L << 30);

  @TempDir Path directory;

  private final List<RunEvent> events = new CopyOnWriteArrayList<>();
  private final List<String> waits = new CopyOnWriteArrayList<>();

  /** What is done with a supervision whose workers go wrong in these ways, the last for ever. */
  @FunctionalInterface
  private interface Scene {
    void play(Supervision supervision, RocksStore store) throws Exception;
  }

  private void play(Device device, List<String> faults, Scene scene) throws Exception {
    AtomicInteger starts = new AtomicInteger();
    try (HomeLock lock = Home.at(directory).lockForWriting("test");
        RocksStore store =
            RocksStore.open(lock.home().journal(), StoreOptions.defaults(), Clock.systemUTC());
        Workers workers =
            new Workers(
                slot ->
                    ScriptedWorker.command(
                        faults.get(Math.min(faults.size() - 1, starts.getAndIncrement()))),
                List.of(),
                WorkerFiles.of(lock),
                WorkerLimits.DEFAULT,
                System::nanoTime,
                CorePinning.none("not asked in this test"));
        Supervision supervision =
            Supervision.start(
                store,
                CheckpointStore.at(lock.home().checkpoints()),
                List.of(new WorkerProgram(new ScriptedProgram(ScriptedWorker.script()), workers)),
                List.of(device),
                Disk.endless(),
                Clock.systemUTC(),
                System::nanoTime)) {
      scene.play(supervision, store);
    }
  }

  @Test
  void a_gpu_on_which_three_runs_lose_it_is_drained_and_who_waits_is_told() throws Exception {
    play(
        GPU,
        List.of("device-lost"),
        (supervision, store) -> {
          for (String run : List.of("a", "b", "c")) {
            await(supervision.submit(submission(run, DeviceKind.GPU), listener()));
          }
          Awaitility.await()
              .atMost(Duration.ofMinutes(2))
              .until(() -> waits.stream().anyMatch(why -> why.contains("drained: " + GPU.id())));

          assertThat(drained(store))
              .singleElement()
              .satisfies(
                  each -> {
                    assertThat(each.device()).isEqualTo(GPU.id());
                    assertThat(each.reason()).contains("3 different runs", "device-lost");
                  });
          assertThat(ends())
              .isNotEmpty()
              .allSatisfy(
                  end -> {
                    assertThat(end.cause()).isEqualTo(AttemptEnd.DEVICE_LOST);
                    assertThat(end.message()).startsWith("the GPU was lost");
                  });
          await(supervision.pauseAll("the test is over"));
        });
  }

  @Test
  void what_a_worker_that_dies_had_said_outlives_its_parent_and_the_journal_names_it()
      throws Exception {
    play(
        SLOT,
        List.of("cuda-abort", "nothing"),
        (supervision, store) ->
            await(
                await(supervision.submit(submission("r1", DeviceKind.CPU), listener())).settled()));

    RunEvent.AttemptEnded end = ends().get(0);
    assertThat(end.cause()).isEqualTo(AttemptEnd.NATIVE_ABORT);
    assertThat(end.message()).matches(".* Its last words are in logs/r1\\.[0-9]+\\.stderr\\.");
    String name = end.message().replaceAll(".* in (logs/\\S+)\\.$", "$1");
    assertThat(directory.resolve(name))
        .content()
        .contains("Failed to query event: CUDA_ERROR_ECC_UNCORRECTABLE");
  }

  private RunListener listener() {
    return new RunListener() {
      @Override
      public void persisted(RunEvent event, long sequence) {
        events.add(event);
      }

      @Override
      public void waits(String why) {
        waits.add(why);
      }
    };
  }

  private static List<DeviceDrained> drained(RocksStore store) {
    List<SupervisorEvent> all = new ArrayList<>();
    try (JournalReader reader = store.reader()) {
      new SupervisorReader(reader).forEach((time, event) -> all.add(event));
    }
    return all.stream()
        .filter(DeviceDrained.class::isInstance)
        .map(DeviceDrained.class::cast)
        .toList();
  }

  private List<RunEvent.AttemptEnded> ends() {
    return events.stream()
        .filter(RunEvent.AttemptEnded.class::isInstance)
        .map(RunEvent.AttemptEnded.class::cast)
        .toList();
  }

  private static <T> T await(CompletionStage<T> stage) throws Exception {
    return stage.toCompletableFuture().get(120, TimeUnit.SECONDS);
  }

  private static Submission submission(String run, DeviceKind kind) {
    return new Submission(
        new RunId(run),
        SpecDraft.of(ScriptedProgram.spec(100))
            .isolation(Isolation.PROCESS)
            .placing(new Placing(0, kind, Optional.empty(), Optional.empty()))
            .spec(),
        new TreeMap<>(),
        List.of(),
        new CodeProvenance("test", Optional.empty(), false, Optional.empty()),
        Optional.empty(),
        Optional.empty());
  }
}
