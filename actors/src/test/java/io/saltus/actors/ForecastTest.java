package io.saltus.actors;

import static org.assertj.core.api.Assertions.assertThat;

import io.saltus.experiment.DeviceId;
import io.saltus.experiment.RunId;
import io.saltus.testkit.Mishap;
import io.saltus.testkit.Script;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What programs are told to expect. */
class ForecastTest {

  private static final DeviceId FIRST = new DeviceId("cpu", 0);
  private static final DeviceId SECOND = new DeviceId("cpu", 1);

  private final Mishap.Hang hang = Mishap.Hang.once();

  @Test
  void a_run_that_nobody_waits_behind_lets_expect_nothing() {
    try (Stage stage = hanging(1)) {
      submit(stage, "a", "auto");
      assertThat(expected(stage)).isEmpty();
      hang.released().countDown();
    }
  }

  @Test
  void each_waiting_run_is_expected_on_a_device_of_its_own_while_there_are_some() {
    try (Stage stage = hanging(2)) {
      submit(stage, "a", "auto");
      submit(stage, "b", "auto");
      submit(stage, "c", "auto");
      assertThat(expected(stage)).isEqualTo(Map.of("c", FIRST));
      submit(stage, "d", "auto");
      submit(stage, "e", "auto");
      assertThat(expected(stage)).isEqualTo(Map.of("c", FIRST, "d", SECOND));
      hang.released().countDown();
      stage.supervision.pauseAll("enough");
    }
  }

  @Test
  void a_run_that_names_a_device_is_expected_there_only() {
    try (Stage stage = hanging(2)) {
      submit(stage, "a", "auto");
      submit(stage, "b", "auto");
      submit(stage, "c", "cpu:1");
      submit(stage, "d", "cpu:1");
      assertThat(expected(stage)).isEqualTo(Map.of("c", SECOND));
      hang.released().countDown();
    }
  }

  @Test
  void once_no_run_waits_nothing_is_expected_any_more() {
    try (Stage stage = hanging(1)) {
      submit(stage, "a", "auto");
      RunHandle last = submit(stage, "b", "auto");
      assertThat(expected(stage)).isEqualTo(Map.of("b", FIRST));
      hang.released().countDown();
      Stage.await(last.settled());
      assertThat(expected(stage)).isEmpty();
    }
  }

  private Stage hanging(int slots) {
    return new Stage(Script.learning().with(5, hang), "", System::nanoTime, Stages.slots(slots));
  }

  private static RunHandle submit(Stage stage, String run, String device) {
    return Stage.await(
        stage.supervision.submit(
            Stage.submission(run, stage.elsewhere(device)), RunListener.none()));
  }

  private static Map<String, DeviceId> expected(Stage stage) {
    // The supervisor answers in order: what it was asked before has been told.
    Stage.await(stage.supervision.look());
    Map<String, DeviceId> expected = new TreeMap<>();
    stage
        .program
        .expected()
        .forEach(
            request ->
                expected.put(
                    request.run().map(RunId::value).orElseThrow(), request.devices().get(0)));
    return expected;
  }
}
