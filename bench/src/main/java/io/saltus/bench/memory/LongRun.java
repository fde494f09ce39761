package io.saltus.bench.memory;

import io.saltus.actors.Disk;
import io.saltus.actors.RunListener;
import io.saltus.actors.Settlement;
import io.saltus.actors.Submission;
import io.saltus.actors.Supervision;
import io.saltus.bench.ground.Resident;
import io.saltus.experiment.RunId;
import io.saltus.experiment.event.RunEvent;
import io.saltus.experiment.provenance.CodeProvenance;
import io.saltus.persistence.checkpoint.CheckpointStore;
import io.saltus.persistence.home.Home;
import io.saltus.persistence.home.HomeLock;
import io.saltus.persistence.rocks.RocksStore;
import io.saltus.persistence.rocks.StoreOptions;
import io.saltus.testkit.Script;
import io.saltus.testkit.ScriptedProgram;
import io.saltus.tf.device.Devices;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A scripted run of many steps, in a process of its own: prints {@code step heapBytes
 * residentBytes} from 10⁵ steps on, heap as it is after a collection.
 */
public final class LongRun {

  private static final long FIRST_SAMPLE = 100_000;
  private static final long SAMPLE_EVERY = 300_000;
  private static final long POLL_MILLIS = 5;

  private LongRun() {}

  /**
   * Runs it.
   *
   * @param args the home and the number of steps
   */
  public static void main(String[] args) throws Exception {
    long steps = Long.parseLong(args[1]);
    AtomicLong reached = new AtomicLong();
    RunListener listener =
        (event, sequence) -> {
          if (event instanceof RunEvent.MetricsRecorded recorded) {
            reached.set(recorded.frame().until());
          }
        };
    try (HomeLock lock = Home.at(Path.of(args[0])).lockForWriting("bench");
        RocksStore store =
            RocksStore.open(lock.home().journal(), StoreOptions.defaults(), Clock.systemUTC());
        Supervision supervision =
            Supervision.start(
                store,
                CheckpointStore.at(lock.home().checkpoints()),
                List.of(new ScriptedProgram(Script.learning())),
                Devices.list(),
                Disk.endless(),
                Clock.systemUTC(),
                System::nanoTime)) {
      CompletableFuture<Settlement> settled =
          supervision
              .submit(submission(steps), listener)
              .thenCompose(handle -> handle.settled())
              .toCompletableFuture();
      long next = FIRST_SAMPLE;
      while (!ended(settled)) {
        if (reached.get() >= next) {
          sample(reached.get());
          next += SAMPLE_EVERY;
        }
      }
      if (settled.join().step() != steps) {
        throw new IllegalStateException("the run ended early: " + settled.join());
      }
      sample(steps);
    }
  }

  private static boolean ended(CompletableFuture<Settlement> settled) throws Exception {
    try {
      settled.get(POLL_MILLIS, TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException notYet) {
      return false;
    }
  }

  private static void sample(long step) throws Exception {
    System.gc();
    long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    System.out.println(
        step + " " + heap + " " + Resident.bytes(ProcessHandle.current().pid(), "VmRSS:"));
  }

  private static Submission submission(long steps) {
    return new Submission(
        new RunId("long"),
        ScriptedProgram.spec(steps),
        new TreeMap<>(),
        List.of(),
        new CodeProvenance("bench", Optional.empty(), false, Optional.empty()),
        Optional.empty(),
        Optional.empty());
  }
}
