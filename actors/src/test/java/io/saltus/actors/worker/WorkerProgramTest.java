package io.saltus.actors.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.saltus.experiment.Device;
import io.saltus.experiment.DeviceId;
import io.saltus.experiment.session.SessionLostException;
import io.saltus.experiment.session.SessionRequest;
import io.saltus.persistence.home.Home;
import io.saltus.persistence.home.HomeLock;
import io.saltus.persistence.home.WorkerFiles;
import io.saltus.testkit.Script;
import io.saltus.testkit.ScriptedProgram;
import io.saltus.testkit.SimulatedGpus;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkerProgramTest {

  @TempDir private Path directory;

  private static SessionRequest on(DeviceId device) {
    return new SessionRequest(ScriptedProgram.spec(10), List.of(device), new TreeMap<>());
  }

  /** Whatever the spec says of isolation. */
  @Test
  void a_gpu_is_always_used_by_a_process_of_its_own() {
    Device gpu = new SimulatedGpus(List.of(1L << 30)).devices().get(0);
    ScriptedProgram here = new ScriptedProgram(Script.learning());
    List<String> slots = new ArrayList<>();
    try (HomeLock lock = Home.at(directory.resolve("home")).lockForWriting("test");
        Workers workers =
            new Workers(
                slot -> {
                  slots.add(slot);
                  return List.of("false");
                },
                List.of(),
                WorkerFiles.of(lock),
                WorkerLimits.DEFAULT,
                System::nanoTime,
                CorePinning.none("not asked in this test"))) {
      WorkerProgram program = new WorkerProgram(here, workers);

      assertThatThrownBy(() -> program.open(on(gpu.id()))).isInstanceOf(SessionLostException.class);
      assertThat(slots).containsExactly("gpu:0");
      assertThat(here.requests()).isEmpty();

      program.open(on(new DeviceId("cpu", 0))).close();
      assertThat(slots).hasSize(1);
      assertThat(here.requests()).hasSize(1);
    }
  }
}
