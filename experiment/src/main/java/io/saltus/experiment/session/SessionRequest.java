package io.saltus.experiment.session;

import io.saltus.experiment.DeviceId;
import io.saltus.experiment.RunId;
import io.saltus.experiment.spec.ExperimentSpec;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a session is opened from.
 *
 * @param spec resolved
 * @param devices at least one
 * @param inputs files whose digests have been taken, by the program's names for them
 * @param masks which weights are kept at 0: tensors of 0 and 1 (F32 or U8), each with the name and
 *     the shape of a trained variable; only for sessions with {@link Capability#MASKS}
 * @param probes who looks at the steps; only for sessions with {@link Capability#PROBES}
 * @param run whose attempt it is; for people who look at processes, and nothing that is computed
 *     depends on it
 */
public record SessionRequest(
    ExperimentSpec spec,
    List<DeviceId> devices,
    SortedMap<String, Path> inputs,
    List<TensorValue> masks,
    List<MetricProvider> probes,
    Optional<RunId> run) {

  /** Copies the collections. */
  public SessionRequest {
    devices = List.copyOf(devices);
    inputs = Collections.unmodifiableSortedMap(new TreeMap<>(inputs));
    masks = List.copyOf(masks);
    probes = List.copyOf(probes);
    if (devices.isEmpty()) {
      throw new IllegalArgumentException("a session needs a device");
    }
  }

  /** Without masks and probes, of no run. */
  public SessionRequest(
      ExperimentSpec spec, List<DeviceId> devices, SortedMap<String, Path> inputs) {
    this(spec, devices, inputs, List.of(), List.of(), Optional.empty());
  }

  /** The same with other masks. */
  public SessionRequest withMasks(List<TensorValue> newMasks) {
    return new SessionRequest(spec, devices, inputs, newMasks, probes, run);
  }

  /** The same with other probes. */
  public SessionRequest withProbes(List<MetricProvider> newProbes) {
    return new SessionRequest(spec, devices, inputs, masks, newProbes, run);
  }

  /** The same for an attempt of a run. */
  public SessionRequest withRun(RunId whose) {
    return new SessionRequest(spec, devices, inputs, masks, probes, Optional.of(whose));
  }
}
