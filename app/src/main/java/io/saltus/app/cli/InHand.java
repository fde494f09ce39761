package io.saltus.app.cli;

import io.saltus.app.BuildFacts;
import io.saltus.app.control.InHandMessage;
import io.saltus.persistence.control.ControlClient;
import io.saltus.persistence.home.Home;
import io.saltus.persistence.home.HomeLock;
import java.io.IOException;
import java.time.Duration;

/** What the process that holds a home has in its hands. */
final class InHand {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Home home;
  private final String version = BuildFacts.read().version();

  InHand(Home home) {
    this.home = home;
  }

  /**
   * Whether it has a run or study; a process that is gone has none. One that does not answer, or
   * refuses to, because it is of another version, may have it.
   */
  boolean has(String name) {
    try {
      return ControlClient.ask(home, new InHandMessage(name).request().from(version), PATIENCE)
          .filter(answer -> !answer.ok() || InHandMessage.isInHand(answer))
          .isPresent();
    } catch (IOException unanswered) {
      return HomeLock.currentHolder(home).isPresent();
    }
  }
}
