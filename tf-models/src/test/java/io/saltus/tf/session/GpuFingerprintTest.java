package io.saltus.tf.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.saltus.tf.device.GpuEnvironment;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class GpuFingerprintTest {

  private static final TreeMap<String, String> LEASED =
      new TreeMap<>(
          Map.of(
              GpuEnvironment.LEASE, "gpu:0",
              GpuEnvironment.KIND, "NVIDIA H100",
              GpuEnvironment.DRIVER, "550.54.15"));

  private static final String MAPS =
      """
      7f00-7f01 r--p 00000000 08:01 11 /usr/local/cuda-12.4/targets/x86_64-linux/lib/libcudart.so.12.4.127
      7f01-7f02 r-xp 00001000 08:01 11 /usr/local/cuda-12.4/targets/x86_64-linux/lib/libcudart.so.12.4.127
      7f02-7f03 r--p 00000000 08:01 12 /usr/lib/x86_64-linux-gnu/libcudnn.so.9.1.0
      7f03-7f04 r--p 00000000 08:01 13 /usr/lib/x86_64-linux-gnu/libcudnn_ops.so.9.1.0
      7f04-7f05 rw-p 00000000 00:00 0
      """;

  @Test
  void it_names_kind_driver_and_the_versions_that_are_loaded() {
    assertThat(GpuFingerprint.of(LEASED, MAPS))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "gpu.kind", "NVIDIA H100",
                "gpu.driver", "550.54.15",
                "gpu.cuda", "12.4.127",
                "gpu.cudnn", "9.1.0",
                "gpu.cublas", "none"));
  }

  @Test
  void a_process_without_a_gpu_has_none_of_these_fields() {
    assertThat(GpuFingerprint.of(new TreeMap<>(), MAPS)).isEmpty();
    assertThat(GpuFingerprint.ofProcess(new TreeMap<>())).isEmpty();
  }

  @Test
  void a_process_that_was_leased_a_gpu_and_loaded_nothing_says_so() {
    assertThat(GpuFingerprint.ofProcess(LEASED))
        .containsEntry("gpu.cuda", "none")
        .containsEntry("gpu.kind", "NVIDIA H100");
  }
}
