package io.saltus.experiment.spec;

import static org.assertj.core.api.Assertions.assertThat;

import io.saltus.experiment.Device;
import io.saltus.experiment.DeviceId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DeviceNeedTest {

  private static final long GIB = 1L << 30;
  private static final List<Device> MACHINE =
      List.of(
          device("cpu:0", 4 * GIB),
          device("cpu:1", 4 * GIB),
          device("gpu:0", 16 * GIB),
          device("gpu:1", 80 * GIB));

  private static Device device(String id, long memory) {
    return new Device(DeviceId.parse(id), id.substring(0, 3), 1, memory);
  }

  private static DeviceNeed need(String... settings) {
    return DeviceNeed.of(SampleSpecs.with(settings), MACHINE);
  }

  private static Optional<String> lack(String... settings) {
    return need(settings).lack(MACHINE).map(lack -> lack.key() + ": " + lack.what());
  }

  @Test
  void a_run_of_several_threads_needs_as_many_slots_as_there_are_of_them() {
    assertThat(need("numerics.threads=2").count()).isEqualTo(2);
    assertThat(need("numerics.threads=8").count()).isEqualTo(2);
    assertThat(need("numerics.threads=8", "resources.count=1").count()).isEqualTo(1);
    assertThat(need("device=cpu:1", "numerics.threads=8").count()).isEqualTo(1);
    assertThat(need("resources.kind=gpu", "numerics.threads=8").count()).isEqualTo(1);
  }

  @Test
  void what_the_machine_has_is_not_refused() {
    assertThat(lack()).isEmpty();
    assertThat(lack("device=gpu:1", "resources.memory=80 GiB")).isEmpty();
    assertThat(lack("resources={kind=gpu,count=2,memory=16 GiB}")).isEmpty();
    assertThat(lack("resources.memory=8 GiB")).isEmpty();
  }

  @Test
  void a_device_that_does_not_exist_is_named() {
    assertThat(lack("device=gpu:7")).contains("device: there is no device gpu:7");
    assertThat(lack("device=cpu:2")).contains("device: there is no device cpu:2");
  }

  @Test
  void more_devices_than_there_are_are_refused() {
    assertThat(lack("resources.count=3"))
        .contains("resources.count: there are no 3 devices of kind cpu, but 2");
  }

  @Test
  void memory_that_no_device_has_is_refused() {
    assertThat(lack("resources.memory=9 GiB"))
        .contains("resources.memory: there is no cpu with 9 GiB of memory: this machine has 8 GiB");
    assertThat(lack("resources={kind=gpu,memory=81 GiB}"))
        .contains(
            "resources.memory: there is no gpu with 81 GiB of memory: the largest has 80 GiB");
    assertThat(lack("device=gpu:0", "resources.memory=17 GiB"))
        .contains(
            "resources.memory: there is no gpu with 17 GiB of memory: the largest has 16 GiB");
    assertThat(lack("resources={kind=gpu,count=2,memory=17 GiB}"))
        .contains(
            "resources.memory: there is no gpu with 17 GiB of memory: so much has 1 only; the"
                + " largest has 80 GiB");
  }

  @Test
  void a_machine_without_such_devices_says_so() {
    assertThat(
            DeviceNeed.of(SampleSpecs.with("resources.kind=gpu"), MACHINE.subList(0, 2))
                .lack(MACHINE.subList(0, 2)))
        .contains(new DeviceNeed.Lack("resources.kind", "there is no gpu"));
    assertThat(DeviceNeed.known(MACHINE)).isEqualTo("cpu:0, cpu:1, gpu:0, gpu:1");
  }
}
