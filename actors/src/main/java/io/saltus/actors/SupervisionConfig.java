package io.saltus.actors;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;

/** Puts the settings of an actor system together. */
final class SupervisionConfig {

  private SupervisionConfig() {}

  /**
   * The settings of the storage, then ours, then the defaults of the libraries. System properties
   * and files on the class path are not read: a run must not depend on them.
   */
  static Config of(Config storage) {
    return storage
        .withFallback(
            ConfigFactory.parseResources(
                SupervisionConfig.class.getClassLoader(), "io/saltus/actors/system.conf"))
        .withFallback(ConfigFactory.defaultReferenceUnresolved())
        .resolve();
  }
}
