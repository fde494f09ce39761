package io.saltus.tf.device;

import io.saltus.experiment.Device;
import io.saltus.experiment.GpuFacts;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The variables with which a process that computes on GPUs starts: it sees those of its lease and
 * no others, and operations must have deterministic kernels. TensorFlow for Java has no switch for
 * that, so it must stand in the environment before the natives load.
 */
public final class GpuEnvironment {

  /** Says what a process has been leased: names of devices. */
  public static final String LEASE = "SALTUS_GPU_LEASE";

  /** Says what they are. */
  public static final String KIND = "SALTUS_GPU_KIND";

  /** Says what drives them. */
  public static final String DRIVER = "SALTUS_GPU_DRIVER";

  private static final String VISIBLE = "CUDA_VISIBLE_DEVICES";

  private GpuEnvironment() {}

  /**
   * Those for a lease.
   *
   * @param devices of the lease
   * @return none where no GPU is among them
   */
  public static SortedMap<String, String> of(List<Device> devices) {
    List<Device> gpus = devices.stream().filter(each -> each.id().kind().equals("gpu")).toList();
    if (gpus.isEmpty()) {
      return Collections.emptySortedMap();
    }
    SortedMap<String, String> variables = new TreeMap<>();
    variables.put(LEASE, joined(gpus.stream().map(each -> each.id().toString()).toList()));
    variables.put(KIND, joined(gpus.stream().map(Device::kind).toList()));
    List<GpuFacts> facts = gpus.stream().flatMap(each -> each.gpu().stream()).toList();
    variables.put(DRIVER, joined(facts.stream().map(GpuFacts::driver).distinct().toList()));
    // By their own names, which stay what they are when another card is plugged in. A simulated GPU
    // has none, and its process sees no real one.
    variables.put(
        VISIBLE, facts.isEmpty() ? "-1" : joined(facts.stream().map(GpuFacts::uuid).toList()));
    variables.put("TF_DETERMINISTIC_OPS", "1");
    // Timing kernels against each other would choose others on a busy machine.
    variables.put("TF_CUDNN_USE_AUTOTUNE", "0");
    // Products of 32-bit numbers with all of their bits.
    variables.put("NVIDIA_TF32_OVERRIDE", "0");
    return Collections.unmodifiableSortedMap(variables);
  }

  /** What this process was leased; empty where it is for the processor. */
  public static Optional<String> leased(SortedMap<String, String> variables) {
    return Optional.ofNullable(variables.get(LEASE));
  }

  private static String joined(List<String> texts) {
    return texts.stream().collect(Collectors.joining(","));
  }
}
