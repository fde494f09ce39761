package io.saltus.actors;

import com.typesafe.config.ConfigFactory;
import io.saltus.actors.monitor.Monitors;
import io.saltus.experiment.RunId;
import io.saltus.experiment.event.RunEvent;
import io.saltus.persistence.checkpoint.CheckpointReferences;
import io.saltus.persistence.checkpoint.CheckpointStore;
import io.saltus.persistence.home.Ballast;
import io.saltus.persistence.home.Home;
import io.saltus.persistence.home.HomeException;
import io.saltus.persistence.home.HomeLock;
import io.saltus.persistence.journal.JournalConfig;
import io.saltus.persistence.journal.StoreSetup;
import io.saltus.persistence.projection.RunState;
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
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.pekko.actor.setup.ActorSystemSetup;

/**
 * Trains in a home on a small disk, fills the disk up, makes room again and goes on; prints what
 * comes of it, a line each.
 */
final class FullDiskProcess {

  static final RunId RUN = new RunId("a");
  static final long STEPS = 20_000;
  private static final long FULL_AT = 2_000;

  private final Path disk;
  private boolean filling = true;

  private FullDiskProcess(Path disk) {
    this.disk = disk;
  }

  public static void main(String[] arguments) {
    new FullDiskProcess(Path.of(arguments[0])).play();
    Runtime.getRuntime().halt(0);
  }

  static String rest(RunState state) {
    return "%s %s at %d of %d"
        .formatted(
            state.status(),
            state.latestAttempt().orElseThrow().end().orElseThrow().cause(),
            state.step(),
            state.steps());
  }

  private void play() {
    settle(
        supervision ->
            Stage.await(
                supervision.submit(
                    Stage.submission(RUN.value(), ScriptedProgram.spec(STEPS)), this::heard)));
    try {
      settle(FullDiskProcess::resume);
    } catch (HomeException e) {
      say("refused " + e.reason());
    }
    empty();
    filling = false;
    settle(FullDiskProcess::resume);
  }

  private static RunHandle resume(Supervision supervision) {
    return Stage.await(
        supervision.resume(
            new Resumption(RUN, ScriptedProgram.spec(STEPS), new TreeMap<>()), RunListener.none()));
  }

  private void settle(Function<Supervision, RunHandle> begin) {
    try (HomeLock lock = Home.at(disk.resolve("home")).lockForWriting("test")) {
      Ballast.of(lock.home()).require();
      LastWords lastWords;
      try (RocksStore store =
          RocksStore.open(lock.home().journal(), StoreOptions.defaults(), Clock.systemUTC())) {
        lastWords = LastWords.prepare(lock.home(), store, Clock.systemUTC());
        try (Supervision supervision =
            Supervision.start(
                ConfigFactory.parseString("saltus.actors.chunk-steps = 256")
                    .withFallback(JournalConfig.plugins()),
                ActorSystemSetup.create(new StoreSetup(store)),
                List.of(new ScriptedProgram(Script.learning())),
                Stages.DEVICES,
                Disk.endless(),
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
          Settlement settlement = Stage.await(begin.apply(supervision).settled());
          say("told " + settlement.outcome() + " " + settlement.cause().orElseThrow());
        }
      }
      say("resting " + lastWords.write());
    }
    look();
  }

  private void look() {
    try (HomeLock lock = Home.at(disk.resolve("home")).lockForWriting("test");
        RocksStore store = RocksStore.openSparing(lock.home().journal(), Clock.systemUTC());
        JournalReader journal = store.reader()) {
      RunReader runs = new RunReader(journal);
      say(rest(runs.state(RUN)));
      say("digest " + runs.computeDigest(RUN));
      say("ballast " + Files.exists(lock.home().root().resolve("ballast")));
    }
  }

  private void heard(RunEvent event, long sequence) {
    if (filling
        && event instanceof RunEvent.MetricsRecorded metrics
        && metrics.frame().until() > FULL_AT) {
      filling = false;
      fill();
    }
  }

  private void fill() {
    byte[] some = new byte[4096];
    try (OutputStream out =
        Files.newOutputStream(disk.resolve("other"), StandardOpenOption.CREATE_NEW)) {
      while (true) {
        out.write(some);
      }
    } catch (IOException full) {
      say("filled");
    }
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
