package io.saltus.tf.device;

import io.saltus.experiment.Device;
import io.saltus.experiment.DeviceProvider;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The devices of this machine that TensorFlow can compute on here. */
public final class Devices {

  /** There where an NVIDIA driver is, also in containers. */
  private static final Path DRIVER = Path.of("/dev/nvidiactl");

  private static final String GPU_NATIVES =
      "/org/tensorflow/internal/c_api/linux-x86_64-gpu/libjnitensorflow.so";

  private Devices() {}

  /**
   * All of them: the slots of the processor, and GPUs where the natives on the class path use any.
   */
  public static List<Device> list() {
    return providers().stream().flatMap(provider -> provider.devices().stream()).toList();
  }

  /** The GPUs of this machine, whatever natives are on the class path. */
  public static List<Device> gpus() {
    return Files.exists(DRIVER) ? nvidia().devices() : List.of();
  }

  /** Whether the natives on the class path can use GPUs. */
  public static boolean hasGpuNatives() {
    return Devices.class.getResource(GPU_NATIVES) != null;
  }

  private static List<DeviceProvider> providers() {
    return List.of(new CpuSlots(), () -> hasGpuNatives() ? gpus() : List.of());
  }

  private static DeviceProvider nvidia() {
    return new NvidiaGpus(
        CommandOutput.ofSystem(), Optional.ofNullable(System.getenv("CUDA_VISIBLE_DEVICES")));
  }
}
