package io.saltus.actors;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * What can be chosen of a supervision.
 *
 * @param chunkTarget how long the computation of a chunk is to take, more than 0: how much a crash
 *     can lose to re-execution, and how often a run writes; empty: what system.conf says
 * @param stuck done when a session hangs in this process, that is journalled, and its thread does
 *     not come back
 */
public record SupervisionOptions(Optional<Duration> chunkTarget, Runnable stuck) {

  /** Refuses a length that no chunk can have. */
  public SupervisionOptions {
    if (chunkTarget.filter(target -> target.isZero() || target.isNegative()).isPresent()) {
      throw new IllegalArgumentException("a chunk can't take " + chunkTarget.get());
    }
  }

  /** The length of system.conf; a thread that does not come back is left to itself. */
  public static SupervisionOptions standard() {
    return new SupervisionOptions(Optional.empty(), () -> {});
  }

  /** These with something to do when a session is stuck. */
  public SupervisionOptions withStuck(Runnable other) {
    return new SupervisionOptions(chunkTarget, other);
  }

  /** These with chunks of another length. */
  public SupervisionOptions withChunkTarget(Duration other) {
    return new SupervisionOptions(Optional.of(other), stuck);
  }

  /** The settings of the storage with these laid over them. */
  Config over(Config storage) {
    return chunkTarget
        .map(target -> ConfigFactory.parseMap(Map.of("saltus.actors.chunk-target", target)))
        .map(chosen -> chosen.withFallback(storage))
        .orElse(storage);
  }
}
