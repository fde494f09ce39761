package io.saltus.actors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.saltus.experiment.event.RunEvent;
import io.saltus.experiment.event.SupervisorEvent;
import io.saltus.experiment.event.SupervisorEvent.LeaseGranted;
import io.saltus.experiment.event.SupervisorEvent.RunOutcome;
import io.saltus.experiment.spec.DeviceKind;
import io.saltus.experiment.spec.ExperimentSpec;
import io.saltus.experiment.spec.Placing;
import io.saltus.testkit.Mishap;
import io.saltus.testkit.Script;
import io.saltus.testkit.ScriptedProgram;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** Runs for which there is no device, or no memory, wait, and their listeners hear why. */
class HeldBackTest {

  /** Remembers why its run waits. */
  private static final class Patient implements RunListener {

    private final List<String> waits = new CopyOnWriteArrayList<>();

    @Override
    public void persisted(RunEvent event, long sequence) {}

    @Override
    public void waits(String why) {
      waits.add(why);
    }
  }

  private static ExperimentSpec taking(long mib) {
    return Stage.placed(
        ScriptedProgram.spec(50),
        "auto",
        new Placing(0, DeviceKind.CPU, Optional.empty(), Optional.of(mib << 20)));
  }

  private static List<String> begun(Stage stage) {
    return stage.journalled("supervisor|main", SupervisorEvent.class).stream()
        .filter(LeaseGranted.class::isInstance)
        .map(event -> ((LeaseGranted) event).run().value())
        .toList();
  }

  @Test
  void a_run_whose_memory_is_reserved_by_others_waits_for_it_and_is_told() {
    // Three slots with 1 GiB each, of which eight tenths can be reserved: 2,457 MiB.
    Mishap.Hang hang = Mishap.Hang.once();
    List<Patient> patients = List.of(new Patient(), new Patient(), new Patient());
    try (Stage stage =
        new Stage(Script.learning().with(10, hang), "", System::nanoTime, Stages.slots(3))) {
      List<RunHandle> handles = new ArrayList<>();
      handles.add(submit(stage, "large", taking(1500), patients.get(0)));
      Stage.await(hang.reached());
      handles.add(submit(stage, "larger", taking(2000), patients.get(1)));
      handles.add(submit(stage, "small", taking(1), patients.get(2)));
      await().until(() -> !patients.get(2).waits.isEmpty());

      String why =
          "it takes about 2 GiB of memory, and runs at work have reserved 1.5 GiB of 2.4 GiB";
      assertThat(patients.get(0).waits).isEmpty();
      assertThat(patients.get(1).waits).containsExactly(why);
      assertThat(patients.get(2).waits)
          .as("who stands behind it")
          .containsExactly("run larger goes first: " + why);
      assertThat(begun(stage)).containsExactly("large");

      hang.released().countDown();
      handles.forEach(
          handle ->
              assertThat(Stage.await(handle.settled()).outcome()).isEqualTo(RunOutcome.COMPLETED));
      assertThat(begun(stage)).containsExactly("large", "larger", "small");
    }
  }

  @Test
  void a_run_whose_device_is_busy_is_told_who_has_it() {
    Mishap.Hang hang = Mishap.Hang.once();
    Patient patient = new Patient();
    try (Stage stage = new Stage(Script.learning().with(10, hang))) {
      RunHandle first = submit(stage, "first", ScriptedProgram.spec(50), RunListener.none());
      Stage.await(hang.reached());
      RunHandle second = submit(stage, "second", ScriptedProgram.spec(50), patient);
      await().until(() -> !patient.waits.isEmpty());
      assertThat(patient.waits).containsExactly("devices are busy: cpu:0 by first");

      hang.released().countDown();
      Stage.await(first.settled());
      Stage.await(second.settled());
      assertThat(patient.waits).hasSize(1);
    }
  }

  @Test
  void a_listener_that_throws_when_it_is_told_changes_nothing() {
    Mishap.Hang hang = Mishap.Hang.once();
    RunListener broken =
        new RunListener() {
          @Override
          public void persisted(RunEvent event, long sequence) {}

          @Override
          public void waits(String why) {
            throw new IllegalStateException("deaf");
          }
        };
    try (Stage stage = new Stage(Script.learning().with(10, hang))) {
      RunHandle first = submit(stage, "first", ScriptedProgram.spec(50), RunListener.none());
      Stage.await(hang.reached());
      RunHandle second = submit(stage, "second", ScriptedProgram.spec(50), broken);
      hang.released().countDown();
      Stage.await(first.settled());

      assertThat(Stage.await(second.settled()).outcome()).isEqualTo(RunOutcome.COMPLETED);
    }
  }

  private static RunHandle submit(
      Stage stage, String run, ExperimentSpec spec, RunListener listener) {
    return Stage.await(stage.supervision.submit(Stage.submission(run, spec), listener));
  }
}
