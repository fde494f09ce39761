package io.saltus.actors;

import static org.assertj.core.api.Assertions.assertThat;

import io.saltus.experiment.Device;
import io.saltus.experiment.DeviceId;
import io.saltus.experiment.event.SupervisorEvent;
import io.saltus.experiment.event.SupervisorEvent.LeaseGranted;
import io.saltus.experiment.spec.DeviceKind;
import io.saltus.experiment.spec.ExperimentSpec;
import io.saltus.experiment.spec.Placing;
import io.saltus.testkit.Mishap;
import io.saltus.testkit.Script;
import io.saltus.testkit.ScriptedProgram;
import io.saltus.testkit.SimulatedGpus;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a spec asks of the machine reaches those who place its runs. */
class PriorityTest {

  private static final Device GPU = new SimulatedGpus(List.of(1L << 34)).devices().get(0);

  private static ExperimentSpec urgent(int priority) {
    return placed(new Placing(priority, DeviceKind.CPU, Optional.empty(), Optional.empty()));
  }

  private static ExperimentSpec placed(Placing placing) {
    return Stage.placed(ScriptedProgram.spec(30), "auto", placing);
  }

  private static List<LeaseGranted> leases(Stage stage) {
    return stage.journalled("supervisor|main", SupervisorEvent.class).stream()
        .filter(LeaseGranted.class::isInstance)
        .map(LeaseGranted.class::cast)
        .toList();
  }

  @Test
  void of_the_runs_that_wait_the_one_with_the_highest_priority_begins_first() {
    Mishap.Hang hang = Mishap.Hang.once();
    try (Stage stage = new Stage(Script.learning().with(10, hang))) {
      List<RunHandle> handles = new ArrayList<>();
      handles.add(submit(stage, "first", urgent(7)));
      Stage.await(hang.reached());
      handles.add(submit(stage, "low", urgent(-1)));
      handles.add(submit(stage, "usual", urgent(0)));
      handles.add(submit(stage, "urgent", urgent(7)));
      hang.released().countDown();
      handles.forEach(handle -> Stage.await(handle.settled()));

      assertThat(leases(stage))
          .extracting(lease -> lease.run().value())
          .containsExactly("first", "urgent", "usual", "low");
    }
  }

  @Test
  void a_run_that_asks_for_a_gpu_gets_one_and_others_get_none() {
    List<Device> devices = List.of(Stages.DEVICES.get(0), GPU);
    try (Stage stage = new Stage(Script.learning(), "", System::nanoTime, devices)) {
      stage.run(
          "gpu",
          placed(new Placing(0, DeviceKind.GPU, Optional.empty(), Optional.of(1L << 34))),
          RunListener.none());
      stage.run("cpu", urgent(0), RunListener.none());

      assertThat(leases(stage))
          .extracting(LeaseGranted::devices)
          .containsExactly(List.of(GPU.id()), List.of(new DeviceId("cpu", 0)));
    }
  }

  @Test
  void a_run_that_asks_for_memory_gets_a_gpu_that_has_it() {
    List<Device> devices = new SimulatedGpus(List.of(1L << 30, 1L << 34)).devices();
    try (Stage stage = new Stage(Script.learning(), "", System::nanoTime, devices)) {
      stage.run(
          "large",
          placed(new Placing(0, DeviceKind.GPU, Optional.empty(), Optional.of(1L << 33))),
          RunListener.none());

      assertThat(leases(stage))
          .extracting(LeaseGranted::devices)
          .containsExactly(List.of(new DeviceId("gpu", 1)));
    }
  }

  @Test
  void more_slots_than_threads_are_leased_where_a_spec_asks_for_them() {
    try (Stage stage = new Stage(Script.learning(), "", System::nanoTime, Stages.slots(3))) {
      stage.run(
          "wide",
          placed(new Placing(0, DeviceKind.CPU, Optional.of(2), Optional.empty())),
          RunListener.none());

      assertThat(leases(stage))
          .singleElement()
          .satisfies(lease -> assertThat(lease.devices()).hasSize(2));
    }
  }

  @Test
  void memory_that_no_device_has_is_refused_at_once() {
    try (Stage stage = new Stage(Script.learning())) {
      assertThat(
              Stage.refusal(
                  stage.supervision.submit(
                      Stage.submission(
                          "a",
                          placed(
                              new Placing(
                                  0, DeviceKind.CPU, Optional.empty(), Optional.of(2L << 30)))),
                      RunListener.none())))
          .isEqualTo("there is no cpu with 2 GiB of memory: this machine has 1 GiB; known: cpu:0");
      assertThat(stage.journalled("a")).isEmpty();
    }
  }

  private static RunHandle submit(Stage stage, String run, ExperimentSpec spec) {
    return Stage.await(stage.supervision.submit(Stage.submission(run, spec), RunListener.none()));
  }
}
