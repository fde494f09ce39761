package io.saltus.persistence.journal;

import com.typesafe.config.Config;
import io.saltus.persistence.home.Home;
import io.saltus.persistence.home.HomeLock;
import io.saltus.persistence.rocks.RocksStore;
import io.saltus.persistence.rocks.StoreOptions;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import org.apache.pekko.actor.AbstractExtensionId;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.actor.Extension;
import org.apache.pekko.actor.ExtensionIdProvider;

/**
 * The one store of an actor system, shared by its plugins: the one given by {@link StoreSetup},
 * else the journal of the home in {@code saltus.home}, held until the system has terminated.
 */
public final class JournalStore implements Extension {

  /** Finds the store of a system. */
  public static final Id ID = new Id();

  /** Makes the extension. */
  public static final class Id extends AbstractExtensionId<JournalStore>
      implements ExtensionIdProvider {

    private Id() {}

    @Override
    public JournalStore createExtension(ExtendedActorSystem system) {
      return new JournalStore(system);
    }

    @Override
    public Id lookup() {
      return ID;
    }
  }

  private final RocksStore store;

  private JournalStore(ExtendedActorSystem system) {
    Optional<StoreSetup> given = system.settings().setup().get(StoreSetup.class);
    store = given.isPresent() ? given.get().store() : openHome(system);
  }

  /** Returns the store. */
  public RocksStore store() {
    return store;
  }

  static RocksStore of(ActorSystem system) {
    return ID.get(system).store();
  }

  private static RocksStore openHome(ExtendedActorSystem system) {
    Config config = system.settings().config();
    String home = config.getString("saltus.home");
    if (home.isBlank()) {
      throw new IllegalArgumentException(
          "saltus.home is not set: the journal does not know where to write. Set it to a"
              + " directory.");
    }
    HomeLock lock = Home.at(Path.of(home)).lockForWriting("actor system " + system.name());
    try {
      RocksStore opened =
          RocksStore.open(lock.home().journal(), StoreOptions.defaults(), Clock.systemUTC());
      // Runs before the system counts as terminated, so whoever waits for that finds the home free.
      system.registerOnTermination(
          () -> {
            opened.close();
            lock.close();
          });
      return opened;
    } catch (RuntimeException e) {
      lock.close();
      throw e;
    }
  }
}
