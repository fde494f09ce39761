package io.saltus.app.doctor;

import io.saltus.experiment.Device;
import io.saltus.experiment.GpuFacts;
import io.saltus.tf.device.Devices;
import io.saltus.tf.session.DeviceListing;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntSupplier;
import java.util.stream.Collectors;

/**
 * What is to be said of the GPUs of a machine.
 *
 * @param driver whether there is one of NVIDIA's
 * @param natives whether TensorFlow's natives can use GPUs
 * @param listed by {@code nvidia-smi}
 * @param seen how many TensorFlow sees; asked only where it could see some
 */
public record Graphics(boolean driver, boolean natives, List<Device> listed, IntSupplier seen) {

  private static final String GPU = "gpu";
  private static final Path DRIVER = Path.of("/dev/nvidiactl");

  /** Copies the list. */
  public Graphics {
    listed = List.copyOf(listed);
  }

  /** Those of this machine. TensorFlow is asked in a process of its own. */
  static Graphics ofMachine() {
    return new Graphics(
        Files.exists(DRIVER), Devices.hasGpuNatives(), Devices.gpus(), DeviceListing::countGpus);
  }

  Finding check() {
    if (!driver) {
      return Finding.fine(GPU, "none; runs use the CPU");
    } else if (listed.isEmpty()) {
      return Finding.warning(
          GPU,
          "an NVIDIA driver is there, and nvidia-smi lists no GPU",
          "Run nvidia-smi and look at what it says, and at CUDA_VISIBLE_DEVICES.");
    } else if (!natives) {
      return Finding.warning(
          GPU,
          described() + "; not used: TensorFlow's natives are those for the processor",
          "Start with --natives gpu, which says what of CUDA 12 and cuDNN 9 is missing.");
    }
    int tensorFlow = seen.getAsInt();
    return tensorFlow == listed.size()
        ? Finding.fine(GPU, described())
        : Finding.broken(
            GPU,
            "%s; TensorFlow sees %d of %d".formatted(described(), tensorFlow, listed.size()),
            "CUDA 12 and cuDNN 9 must fit the driver; TF_CPP_MIN_LOG_LEVEL=0 says what fails.");
  }

  private String described() {
    return listed.stream()
        .map(
            device ->
                device.id()
                    + " "
                    + device.kind()
                    + device
                        .gpu()
                        .map(GpuFacts::driver)
                        .map(version -> ", driver " + version)
                        .orElse(""))
        .collect(Collectors.joining("; "));
  }
}
