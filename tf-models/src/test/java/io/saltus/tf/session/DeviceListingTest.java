package io.saltus.tf.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.saltus.experiment.spec.Numerics;
import io.saltus.tf.device.Devices;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tensorflow.proto.ConfigProto;

class DeviceListingTest {

  private static final Numerics NUMERICS = new Numerics(1, Numerics.Isa.NATIVE);

  /** Virtual devices of the processor are listed as GPUs are. */
  @Test
  void every_device_that_tensorflow_sees_is_listed() {
    NativeEnvironment.ofProcess().settle(NUMERICS);
    ConfigProto config =
        SessionSettings.config(NUMERICS).toBuilder().putDeviceCount("CPU", 3).build();

    List<DeviceListing.Seen> seen = DeviceListing.list(config);

    assertThat(seen).extracting(DeviceListing.Seen::type).containsExactly("CPU", "CPU", "CPU");
    assertThat(seen)
        .extracting(each -> each.name().replaceFirst(".*device:", ""))
        .containsExactly("CPU:0", "CPU:1", "CPU:2");
    assertThat(seen).allMatch(each -> each.memoryBytes() > 0);
  }

  @Test
  @Tag("gpu")
  void tensorflow_sees_the_gpus_that_nvidia_smi_lists() {
    assumeTrue(!Devices.gpus().isEmpty(), "skipped: there is no NVIDIA GPU on this machine");
    assumeTrue(
        Devices.hasGpuNatives(),
        "skipped: the natives on the class path are those for the processor; build with"
            + " -Dsaltus.natives=linux-x86_64-gpu");

    assertThat(DeviceListing.countGpus()).isEqualTo(Devices.gpus().size());
  }
}
