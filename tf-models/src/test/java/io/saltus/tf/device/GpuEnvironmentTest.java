package io.saltus.tf.device;

import static org.assertj.core.api.Assertions.assertThat;

import io.saltus.experiment.Device;
import io.saltus.experiment.DeviceId;
import io.saltus.experiment.GpuFacts;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GpuEnvironmentTest {

  private static Device gpu(int index) {
    return new Device(
        new DeviceId("gpu", index),
        "NVIDIA H100",
        1,
        1L << 30,
        Optional.of(new GpuFacts("GPU-" + index, "550.1")));
  }

  @Test
  void a_process_sees_the_gpus_of_its_lease_by_their_own_names_and_is_deterministic() {
    assertThat(GpuEnvironment.of(List.of(gpu(3), gpu(1))))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "CUDA_VISIBLE_DEVICES", "GPU-3,GPU-1",
                "TF_DETERMINISTIC_OPS", "1",
                "TF_CUDNN_USE_AUTOTUNE", "0",
                "NVIDIA_TF32_OVERRIDE", "0",
                "SALTUS_GPU_LEASE", "gpu:3,gpu:1",
                "SALTUS_GPU_KIND", "NVIDIA H100,NVIDIA H100",
                "SALTUS_GPU_DRIVER", "550.1"));
  }

  @Test
  void a_process_for_the_processor_gets_none_of_it() {
    assertThat(GpuEnvironment.of(List.of(new Device(new DeviceId("cpu", 0), "cpu", 1, 1))))
        .isEmpty();
  }

  @Test
  void a_simulated_gpu_shows_no_real_one() {
    assertThat(GpuEnvironment.of(List.of(new Device(new DeviceId("gpu", 0), "simulated", 1, 1))))
        .containsEntry("CUDA_VISIBLE_DEVICES", "-1");
  }

  @Test
  void the_processor_has_a_slot_per_core_and_its_memory_is_shared_out() {
    List<Device> slots = new CpuSlots().devices();

    assertThat(slots).hasSize(Runtime.getRuntime().availableProcessors());
    assertThat(slots).allMatch(slot -> slot.threads() == 1 && slot.memoryBytes() > 0);
    assertThat(Devices.list()).startsWith(slots.toArray(Device[]::new));
  }
}
