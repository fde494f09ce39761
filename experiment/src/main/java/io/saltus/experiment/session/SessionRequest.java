package io.saltus.experiment.session;

import io.saltus.experiment.DeviceId;
import io.saltus.experiment.spec.ExperimentSpec;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a session is opened from.
 *
 * @param spec resolved
 * @param devices at least one
 * @param inputs files whose digests have been taken, by the program's names for them
 */
public record SessionRequest(
    ExperimentSpec spec, List<DeviceId> devices, SortedMap<String, Path> inputs) {

  /** Copies both collections. */
  public SessionRequest {
    devices = List.copyOf(devices);
    inputs = Collections.unmodifiableSortedMap(new TreeMap<>(inputs));
    if (devices.isEmpty()) {
      throw new IllegalArgumentException("a session needs a device");
    }
  }
}
