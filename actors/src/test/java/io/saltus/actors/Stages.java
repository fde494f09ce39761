package io.saltus.actors;

import com.typesafe.config.ConfigFactory;
import java.time.Duration;

/** What tests of single actors are set up with. */
final class Stages {

  private Stages() {}

  /** The settings as delivered, but for some HOCON. */
  static SupervisionSettings settings(String overrides) {
    return SupervisionSettings.of(SupervisionConfig.of(ConfigFactory.parseString(overrides)));
  }

  static SessionThreads threads() {
    return new SessionThreads(SessionThreads.daemons(), Duration.ofSeconds(5));
  }
}
