package io.saltus.persistence.journal;

import io.saltus.persistence.rocks.RocksStore;
import org.apache.pekko.actor.setup.Setup;

/**
 * Hands an open store to an actor system, which then uses it without ever closing it. Given to the
 * system together with its {@code BootstrapSetup}.
 */
public final class StoreSetup extends Setup {

  private final RocksStore store;

  /**
   * Hands over a store.
   *
   * @param store open, and closed by the caller after the system has terminated
   */
  public StoreSetup(RocksStore store) {
    this.store = store;
  }

  RocksStore store() {
    return store;
  }
}
