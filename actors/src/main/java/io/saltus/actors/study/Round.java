package io.saltus.actors.study;

import io.saltus.experiment.RunId;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The runs that an order has had begun. It outlives the actors that work on the order, so that what
 * failed is done again once, whoever goes on with it.
 */
public final class Round {

  private final Set<RunId> begun = ConcurrentHashMap.newKeySet();

  void begins(RunId run) {
    begun.add(run);
  }

  boolean hasBegun(RunId run) {
    return begun.contains(run);
  }
}
