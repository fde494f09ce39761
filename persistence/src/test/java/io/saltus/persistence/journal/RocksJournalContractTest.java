package io.saltus.persistence.journal;

import com.typesafe.config.ConfigFactory;
import io.saltus.persistence.read.JournalReader;
import io.saltus.persistence.rocks.RocksReaders;
import java.nio.file.Path;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

class RocksJournalContractTest implements JournalContract {

  @TempDir static Path directory;
  private static ActorTestKit system;

  @BeforeAll
  static void start() {
    system =
        ActorTestKit.create(
            "contract",
            JournalConfig.forHome(directory.resolve("home")).withFallback(ConfigFactory.load()));
  }

  @AfterAll
  static void stop() {
    system.shutdownTestKit();
  }

  @Override
  public ActorTestKit system() {
    return system;
  }

  @Override
  public JournalReader reader() {
    return RocksReaders.open(directory.resolve("home/journal"));
  }
}
