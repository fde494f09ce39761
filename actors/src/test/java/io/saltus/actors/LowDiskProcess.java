package io.saltus.actors;

import com.typesafe.config.ConfigFactory;
import io.saltus.actors.monitor.Monitors;
import io.saltus.experiment.RunId;
import io.saltus.experiment.event.RunEvent;
import io.saltus.persistence.checkpoint.CheckpointReferences;
import io.saltus.persistence.checkpoint.CheckpointStore;
import io.saltus.persistence.home.Home;
import io.saltus.persistence.home.HomeLock;
import io.saltus.persistence.journal.JournalConfig;
import io.saltus.persistence.journal.StoreSetup;
import io.saltus.persistence.read.JournalReader;
import io.saltus.persistence.rocks.RocksStore;
import io.saltus.persistence.rocks.StoreOptions;
import io.saltus.persistence.runs.RunReader;
import io.saltus.testkit.Script;
import io.saltus.testkit.ScriptedProgram;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.apache.pekko.actor.setup.ActorSystemSetup;

/**
 * Trains in a home on a small disk, fills it below the floor, makes room when the run has paused,
 * and prints what comes of it, a line each.
 */
final class LowDiskProcess {

  static final RunId RUN = new RunId("a");
  static final long STEPS = 2_000;
  private static final long FULL_AT = 500;
  private static final long HELD_AT = 1_000;
  private static final int LEFT = 2 << 20;

  private final Path disk;
  private final CountDownLatch told = new CountDownLatch(1);

  private LowDiskProcess(Path disk) {
    this.disk = disk;
  }

  public static void main(String[] arguments) throws IOException {
    new LowDiskProcess(Path.of(arguments[0])).play();
    Runtime.getRuntime().halt(0);
  }

  private void play() throws IOException {
    Script script =
        Script.learning()
            .beforeStep(
                at -> {
                  if (at == FULL_AT) {
                    fill();
                  } else if (at == HELD_AT) {
                    // However quick the steps are: the disk has been looked at by then.
                    Stage.await(told);
                  }
                });
    try (HomeLock lock = Home.at(disk.resolve("home")).lockForWriting("test");
        RocksStore store =
            RocksStore.open(lock.home().journal(), StoreOptions.defaults(), Clock.systemUTC())) {
      try (Supervision supervision =
          Supervision.start(
              ConfigFactory.parseString("saltus.actors { chunk-steps = 64, disk.every = 20 ms }")
                  .withFallback(JournalConfig.plugins()),
              ActorSystemSetup.create(new StoreSetup(store)),
              List.of(new ScriptedProgram(script)),
              Stages.DEVICES,
              Disk.of(lock.home().root()),
              Clock.systemUTC(),
              () -> 0,
              SessionThreads.daemons(),
              Histories.of(store),
              new CheckpointThread(
                  CheckpointStore.at(lock.home().checkpoints()),
                  () -> new CheckpointReferences(Set.of(), List.of("kept")),
                  () -> 0),
              Monitors.none(),
              () -> {})) {
        Settlement settlement =
            Stage.await(
                Stage.await(
                        supervision.submit(
                            Stage.submission(RUN.value(), ScriptedProgram.spec(STEPS)),
                            new Listener()))
                    .settled());
        say("told " + settlement.outcome() + " at " + settlement.step());
      }
      try (JournalReader journal = store.reader()) {
        say("digest " + new RunReader(journal).computeDigest(RUN));
      }
    }
  }

  private final class Listener implements RunListener {

    @Override
    public void persisted(RunEvent event, long sequence) {
      if (event instanceof RunEvent.RunPaused) {
        say("paused");
        empty();
      } else if (event instanceof RunEvent.RunResumed) {
        say("resumed");
      }
    }

    @Override
    public void waits(String why) {
      say("waits: " + why.replaceFirst("has .* left, and .* are", "has … left, and … are"));
      told.countDown();
    }
  }

  private void fill() {
    byte[] some = new byte[1 << 16];
    try (OutputStream out = Files.newOutputStream(disk.resolve("other"))) {
      while (Files.getFileStore(disk).getUsableSpace() > LEFT) {
        out.write(some);
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    say("filled");
  }

  private void empty() {
    try {
      Files.delete(disk.resolve("other"));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static void say(String line) {
    System.out.println(line);
    System.out.flush();
  }
}
