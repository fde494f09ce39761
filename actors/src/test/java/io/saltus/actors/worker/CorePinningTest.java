package io.saltus.actors.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.saltus.experiment.Device;
import io.saltus.experiment.DeviceId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CorePinningTest {

  private static final List<Device> ONE =
      List.of(new Device(new DeviceId("cpu", 0), "cpu", 1, 1L << 30));

  private static List<DeviceId> devices(String... names) {
    return List.of(names).stream().map(DeviceId::parse).toList();
  }

  @Test
  void lists_of_cores_are_read_as_the_system_writes_them() {
    assertThat(CorePinning.cores("0-1")).containsExactly(0, 1);
    assertThat(CorePinning.cores("2,5-7,64")).containsExactly(2, 5, 6, 7, 64);
    for (String none : List.of("", "x", "1-", "0-1;2", "ff")) {
      assertThat(CorePinning.cores(none)).as(none).isEmpty();
    }
  }

  @Test
  void a_slot_is_the_core_at_its_place_among_those_that_may_be_used() {
    CorePinning pinning = CorePinning.of(3, "Cpus_allowed_list:\t4,6-7", "taskset");
    assertThat(pinning.refusal()).isEmpty();
    assertThat(pinning.text()).isEqualTo("workers are pinned to cores 4,6,7");
    assertThat(pinning.coresOf(devices("cpu:0"))).contains("4");
    assertThat(pinning.coresOf(devices("cpu:2", "cpu:1"))).contains("7,6");
  }

  @Test
  void what_is_no_slot_of_the_processor_is_pinned_to_nothing() {
    CorePinning pinning = CorePinning.of(2, "Cpus_allowed_list:\t0-1", "taskset");
    assertThat(pinning.coresOf(devices("gpu:0"))).isEmpty();
    assertThat(pinning.coresOf(devices("cpu:2"))).isEmpty();
    assertThat(pinning.coresOf(List.of())).isEmpty();
  }

  @Test
  void nothing_is_pinned_where_a_quota_and_not_the_cores_hold_this_process_to_its_slots() {
    CorePinning pinning = CorePinning.of(2, "Cpus_allowed_list:\t0-63", "taskset");
    assertThat(pinning.text())
        .isEqualTo(
            "workers are not pinned to cores: this process may use 64 cores and has 2 slots of"
                + " the processor");
    assertThat(pinning.coresOf(devices("cpu:0"))).isEmpty();
    assertThat(CorePinning.of(2, "Cpus_allowed_list:\t0", "taskset").refusal()).isPresent();
    assertThat(CorePinning.of(2, "", "taskset").refusal())
        .contains("the system does not say which cores this process may use");
  }

  @Test
  void nothing_is_pinned_where_that_is_not_wanted_or_cannot_be_done() {
    assertThat(CorePinning.here(ONE, Map.of(CorePinning.VARIABLE, "off")).refusal())
        .contains("SALTUS_PINNING is off");
    assertThat(CorePinning.here(ONE, Map.of("PATH", "/nowhere")).refusal())
        .contains("there is no 'taskset' (of util-linux)");
  }

  @Test
  void a_worker_that_cannot_be_pinned_goes_on() {
    long self = ProcessHandle.current().pid();
    assertThatCode(
            () ->
                CorePinning.of(1, "Cpus_allowed_list: 0", "/nowhere/taskset")
                    .pin(self, devices("cpu:0")))
        .doesNotThrowAnyException();
    assertThatCode(
            () -> CorePinning.of(1, "Cpus_allowed_list: 0", "false").pin(self, devices("cpu:0")))
        .doesNotThrowAnyException();
  }
}
