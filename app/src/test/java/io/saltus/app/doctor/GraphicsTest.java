package io.saltus.app.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.saltus.experiment.Device;
import io.saltus.testkit.SimulatedGpus;
import java.util.List;
import org.junit.jupiter.api.Test;

class GraphicsTest {

  private static final List<Device> TWO = new SimulatedGpus(List.of(1L << 30, 1L << 30)).devices();

  private static Finding check(boolean driver, boolean natives, List<Device> listed, int seen) {
    return new Graphics(driver, natives, listed, () -> seen).check();
  }

  @Test
  void a_machine_without_a_driver_is_fine() {
    assertThat(check(false, false, List.of(), 0))
        .isEqualTo(Finding.fine("gpu", "none; runs use the CPU"));
  }

  @Test
  void a_gpu_that_the_natives_cannot_use_is_a_drawback_with_a_remedy() {
    Finding finding = check(true, false, TWO, 0);

    assertThat(finding.verdict()).isEqualTo(Finding.Verdict.WARNING);
    assertThat(finding.detail())
        .isEqualTo(
            "gpu:0 Simulated GPU, driver 1.0; gpu:1 Simulated GPU, driver 1.0; not used:"
                + " TensorFlow's natives are those for the processor");
    assertThat(finding.remedy().orElseThrow()).contains("--natives gpu");
  }

  @Test
  void a_driver_without_a_gpu_is_said() {
    assertThat(check(true, true, List.of(), 0).verdict()).isEqualTo(Finding.Verdict.WARNING);
  }

  @Test
  void tensorflow_and_nvidia_smi_must_agree() {
    assertThat(check(true, true, TWO, 2).verdict()).isEqualTo(Finding.Verdict.FINE);
    Finding finding = check(true, true, TWO, 0);
    assertThat(finding.verdict()).isEqualTo(Finding.Verdict.BROKEN);
    assertThat(finding.detail()).endsWith("TensorFlow sees 0 of 2");
  }
}
