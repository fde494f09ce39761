package io.saltus.persistence.checkpoint;

import io.saltus.experiment.Sha256;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * What keeps the collector and those who save apart. A checkpoint is pinned from when its digest is
 * known until who saved it says that the journal refers to it. One that the collector has condemned
 * cannot be pinned until it is gone or spared: the saving thread waits, and then finds the file or
 * not, but never one about to go.
 */
final class Pins {

  private final Map<Sha256, Integer> pinned = new HashMap<>();
  private final Set<Sha256> condemned = new HashSet<>();
  private final Set<String> temporaries = new HashSet<>();

  synchronized void pin(Sha256 sha256) {
    boolean interrupted = false;
    while (condemned.contains(sha256)) {
      try {
        wait();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    pinned.merge(sha256, 1, Integer::sum);
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  synchronized void release(Sha256 sha256) {
    pinned.computeIfPresent(sha256, (key, count) -> count == 1 ? null : count - 1);
  }

  synchronized boolean isPinned(Sha256 sha256) {
    return pinned.containsKey(sha256);
  }

  /** Says whether it may be deleted; then it must be spared in the end. */
  synchronized boolean condemn(Sha256 sha256) {
    return !pinned.containsKey(sha256) && condemned.add(sha256);
  }

  /** Lets it be pinned again, deleted or not. */
  synchronized void spare(Sha256 sha256) {
    condemned.remove(sha256);
    notifyAll();
  }

  /** Takes the name of a temporary file, to write or to delete it; false when another has it. */
  synchronized boolean begin(String temporary) {
    return temporaries.add(temporary);
  }

  synchronized void end(String temporary) {
    temporaries.remove(temporary);
  }

  synchronized boolean isTaken(String temporary) {
    return temporaries.contains(temporary);
  }
}
