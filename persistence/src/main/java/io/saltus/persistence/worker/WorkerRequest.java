package io.saltus.persistence.worker;

import io.saltus.experiment.DeviceId;
import io.saltus.experiment.session.Chunk;
import io.saltus.experiment.spec.ExperimentSpec;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** What a worker is asked. Each request but a ping has exactly one reply. */
public sealed interface WorkerRequest extends WorkerMessage {

  /**
   * Opens the worker's only session.
   *
   * @param devices at least one
   * @param inputs by the program's names for them
   * @param masks how many tensors follow in pieces, at least 0
   * @param plugins jars with further programs
   */
  record Open(
      ExperimentSpec spec,
      List<DeviceId> devices,
      SortedMap<String, Path> inputs,
      int masks,
      List<Path> plugins)
      implements WorkerRequest {

    /** Copies the collections. */
    public Open {
      devices = List.copyOf(devices);
      inputs = Collections.unmodifiableSortedMap(new TreeMap<>(inputs));
      plugins = List.copyOf(plugins);
      if (devices.isEmpty()) {
        throw new IllegalArgumentException("a session needs a device");
      }
    }
  }

  /**
   * Does ahead what opening a session like this one needs, and opens none.
   *
   * @param expected without masks
   */
  record Prepare(Open expected) implements WorkerRequest {

    /** Checks that nothing would have to follow. */
    public Prepare {
      if (expected.masks() != 0) {
        throw new IllegalArgumentException("what is only expected has no masks");
      }
    }
  }

  /**
   * Executes a chunk.
   *
   * @param stepLimit how long one step may take before the session gives it up by itself, at least
   *     a millisecond
   */
  record Run(Chunk chunk, Duration stepLimit) implements WorkerRequest {}

  /** Evaluates a set. */
  record Evaluate(String set) implements WorkerRequest {}

  /** Reads part of the state. */
  record Read(SortedSet<String> names) implements WorkerRequest {

    /** Copies the names. */
    public Read {
      names = Collections.unmodifiableSortedSet(new TreeSet<>(names));
    }
  }

  /**
   * Puts state back.
   *
   * @param tensors how many follow in pieces, at least 0
   */
  record Restore(long step, int tensors) implements WorkerRequest {}

  /** Frees the session; the worker ends afterwards. */
  record Close() implements WorkerRequest {}

  /** Asks for a sign of life. */
  record Ping() implements WorkerRequest {}
}
