package io.saltus.persistence.journal;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigValueFactory;
import java.nio.file.Path;

/** The configuration of an actor system that keeps its events in a home. */
public final class JournalConfig {

  private JournalConfig() {}

  /**
   * Makes our plugins the default ones, and replaces those of Pekko's defaults that would lose
   * events. Meant to be put in front of the application's other configuration.
   *
   * @return the configuration, without a home: the store is given by {@link StoreSetup}
   */
  public static Config plugins() {
    return ConfigFactory.parseResourcesAnySyntax(
        JournalConfig.class.getClassLoader(), "saltus-journal.conf");
  }

  /**
   * Does what {@link #plugins} does, for a home that the actor system opens itself.
   *
   * @param home the state directory
   * @return the configuration
   */
  public static Config forHome(Path home) {
    return plugins()
        .withValue("saltus.home", ConfigValueFactory.fromAnyRef(home.toAbsolutePath().toString()));
  }
}
