package io.saltus.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.saltus.experiment.Device;
import io.saltus.experiment.DeviceId;
import io.saltus.testkit.SimulatedGpus;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SaltusWorkerTest {

  private final List<Device> devices = new ArrayList<>();

  SaltusWorkerTest() {
    devices.add(new Device(new DeviceId("cpu", 0), "cpu", 1, 1L << 30));
    devices.addAll(new SimulatedGpus(List.of(1L << 30, 1L << 30)).devices());
  }

  @Test
  void a_worker_for_a_gpu_starts_in_the_environment_of_its_lease() {
    List<String> command = SaltusWorker.command("gpu:1", devices);

    assertThat(command.get(0)).isEqualTo("env");
    assertThat(command)
        .contains(
            "CUDA_VISIBLE_DEVICES=GPU-simulated-1",
            "TF_DETERMINISTIC_OPS=1",
            "TF_CUDNN_USE_AUTOTUNE=0",
            "NVIDIA_TF32_OVERRIDE=0")
        .endsWith("saltus-worker", "gpu:1");
  }

  @Test
  void a_worker_for_the_processor_starts_in_that_of_its_parent() {
    assertThat(SaltusWorker.command("cpu:0", devices).get(0)).endsWith("/bin/java");
  }
}
