package io.saltus.tf.device;

import static org.assertj.core.api.Assertions.assertThat;

import io.saltus.experiment.Device;
import java.util.List;
import org.junit.jupiter.api.Test;

class DevicesTest {

  @Test
  void every_core_is_a_slot_with_one_thread_and_a_share_of_the_memory() {
    List<Device> devices = Devices.list();

    assertThat(devices).hasSize(Runtime.getRuntime().availableProcessors());
    for (int slot = 0; slot < devices.size(); slot++) {
      assertThat(devices.get(slot).id()).hasToString("cpu:" + slot);
      assertThat(devices.get(slot).threads()).isEqualTo(1);
      assertThat(devices.get(slot).memoryBytes()).isGreaterThan(64L << 20);
    }
  }
}
