package io.saltus.actors;

import com.typesafe.config.ConfigFactory;
import io.saltus.actors.monitor.Monitors;
import io.saltus.persistence.checkpoint.CheckpointReferences;
import io.saltus.persistence.checkpoint.CheckpointStore;
import io.saltus.persistence.home.Home;
import io.saltus.persistence.home.HomeLock;
import io.saltus.persistence.journal.JournalConfig;
import io.saltus.persistence.journal.StoreSetup;
import io.saltus.persistence.rocks.RocksStore;
import io.saltus.persistence.rocks.StoreOptions;
import io.saltus.testkit.Mishap;
import io.saltus.testkit.Script;
import io.saltus.testkit.ScriptedProgram;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import org.apache.pekko.actor.setup.ActorSystemSetup;

/** The main class of a process whose run hangs in this very process, and that ends for it. */
final class HangingProcess {

  static final String RUN = "a";
  static final long STEPS = 200;
  static final long HANGS_AT = 50;
  static final int ENDED_BY_US = 7;

  private HangingProcess() {}

  public static void main(String[] arguments) {
    try (HomeLock lock = Home.at(Path.of(arguments[0])).lockForWriting("test");
        RocksStore store =
            RocksStore.open(lock.home().journal(), StoreOptions.defaults(), Clock.systemUTC());
        Supervision supervision =
            Supervision.start(
                ConfigFactory.parseString(
                        """
                        saltus.actors {
                          chunk-steps = 8
                          close-patience = 200 ms
                          hang {
                            opening = 60 s, floor = 2 s, times = 1, tick = 50 ms, grace = 100 ms
                          }
                        }
                        """)
                    .withFallback(JournalConfig.plugins()),
                ActorSystemSetup.create(new StoreSetup(store)),
                List.of(new ScriptedProgram(Script.learning().with(HANGS_AT, Mishap.Hang.once()))),
                Stages.DEVICES,
                Disk.endless(),
                Clock.systemUTC(),
                System::nanoTime,
                SessionThreads.daemons(),
                Histories.of(store),
                new CheckpointThread(
                    CheckpointStore.at(lock.home().checkpoints()),
                    () -> new CheckpointReferences(Set.of(), List.of("kept")),
                    System::nanoTime),
                Monitors.none(),
                () -> Runtime.getRuntime().halt(ENDED_BY_US))) {
      Stage.await(
          Stage.await(
                  supervision.submit(
                      Stage.submission(RUN, ScriptedProgram.spec(STEPS)), RunListener.none()))
              .settled());
    }
  }
}
