package io.saltus.tf.device;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ComputeDeviceTest {

  @Test
  void the_processor_comes_first_with_threads_and_memory() {
    ComputeDevice cpu = ComputeDevice.list().get(0);
    assertThat(cpu.id()).hasToString("cpu:0");
    assertThat(cpu.threads()).isPositive();
    assertThat(cpu.memoryBytes()).isGreaterThan(64L << 20);
  }
}
