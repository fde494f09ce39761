package io.saltus.tf.device;

import static org.assertj.core.api.Assertions.assertThat;

import io.saltus.experiment.Device;
import io.saltus.experiment.DeviceId;
import io.saltus.experiment.GpuFacts;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NvidiaGpusTest {

  private static final String FIRST =
      "0, GPU-5f3a8c10-0000-1111-2222-333344445555, NVIDIA H100 80GB HBM3, 81559, 550.54.15";
  private static final String SECOND =
      "1, GPU-77aa0000-0000-1111-2222-333344445555, NVIDIA H100 80GB HBM3, 81559, 550.54.15";

  private static List<Device> devices(Optional<String> visible, String... lines) {
    return new NvidiaGpus(
            command -> {
              assertThat(command).isEqualTo(NvidiaGpus.QUERY);
              return List.of(lines);
            },
            visible)
        .devices();
  }

  @Test
  void a_gpu_has_its_kind_memory_driver_and_own_name() {
    assertThat(devices(Optional.empty(), FIRST))
        .containsExactly(
            new Device(
                new DeviceId("gpu", 0),
                "NVIDIA H100 80GB HBM3",
                1,
                81559L << 20,
                Optional.of(
                    new GpuFacts("GPU-5f3a8c10-0000-1111-2222-333344445555", "550.54.15"))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0,1 | 2",
        "1 | 1",
        "GPU-77aa | 1",
        "GPU-5f3a8c10-0000-1111-2222-333344445555, 1 | 2",
        "-1 | 0",
        "'' | 0",
        "GPU-99 | 0",
      })
  void what_is_hidden_from_this_process_is_not_offered(String visible, int count) {
    assertThat(devices(Optional.of(visible), FIRST, SECOND)).hasSize(count);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "NVIDIA-SMI has failed because it couldn't communicate with the NVIDIA driver.",
        "0, GPU-5f, NVIDIA H100, [N/A], 550.54.15",
        "0, MIG-5f, NVIDIA H100, 1, 550.54.15",
        "x, GPU-5f, NVIDIA H100, 1, 550.54.15",
        "99999999999, GPU-5f, NVIDIA H100, 1, 550.54.15",
        "0, GPU-5f, NVIDIA H100, 1",
      })
  void a_line_that_is_no_gpu_is_none(String line) {
    assertThat(devices(Optional.empty(), line)).isEmpty();
  }

  @Test
  void a_program_that_is_not_there_or_fails_prints_nothing() {
    CommandOutput system = CommandOutput.ofSystem();

    assertThat(system.lines(List.of("no-such-program-anywhere"))).isEmpty();
    assertThat(system.lines(List.of("sh", "-c", "echo half; exit 3"))).isEmpty();
    assertThat(system.lines(List.of("sh", "-c", "echo one; echo two")))
        .containsExactly("one", "two");
  }
}
