package io.saltus.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.saltus.actors.RunHandle;
import io.saltus.actors.RunListener;
import io.saltus.app.RunOrder;
import io.saltus.app.RunPlan;
import io.saltus.app.Saltus;
import io.saltus.app.Tools;
import io.saltus.experiment.DeviceId;
import io.saltus.experiment.RunId;
import io.saltus.experiment.event.SupervisorEvent;
import io.saltus.experiment.session.Program;
import io.saltus.persistence.codec.EventCodec;
import io.saltus.persistence.codec.SupervisorEventSerializer;
import io.saltus.persistence.home.Home;
import io.saltus.persistence.home.HomeLock;
import io.saltus.persistence.read.Bytes;
import io.saltus.persistence.read.SerializedValue;
import io.saltus.persistence.rocks.NewEvent;
import io.saltus.persistence.rocks.RocksStore;
import io.saltus.persistence.rocks.StoreOptions;
import io.saltus.testkit.Mishap;
import io.saltus.testkit.Script;
import io.saltus.testkit.ScriptedProgram;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code devices} says of who has them. */
class DeviceUseTest {

  @TempDir Path directory;

  private final Mishap.Hang hang = Mishap.Hang.once();

  @Test
  void a_device_is_the_run_s_that_computes_on_it_until_that_has_ended() throws Exception {
    Path home = directory.resolve("home");
    Program program = new ScriptedProgram(Script.learning().with(5, hang));
    Tools tools =
        new Tools(
            List.of(program),
            List.of(),
            Clock.systemUTC(),
            System::nanoTime,
            new Random(1),
            "test");
    try (Saltus saltus = Saltus.open(home, tools)) {
      RunOrder order =
          new RunOrder(
              RunPlan.of(ScriptedProgram.spec(10), List.of(program)),
              Optional.of(new RunId("r1")),
              new TreeMap<>(),
              Optional.empty(),
              Optional.empty());
      RunHandle handle = saltus.start(order, RunListener.none());
      hang.reached().await();
      long here = ProcessHandle.current().pid();
      assertThat(devices(home, "json").get(0))
          .contains("\"device\":\"cpu:0\"")
          .endsWith("\"lease\":{\"run\":\"r1\",\"pid\":" + here + "},\"drained\":null}");
      assertThat(devices(home, "text").get(1)).endsWith("r1 (process " + here + ")");
      hang.released().countDown();
      saltus.settle(handle);
    }
    assertThat(devices(home, "json"))
        .allMatch(line -> line.endsWith("\"lease\":null,\"drained\":null}"));
    assertThat(devices(home, "text").get(1)).endsWith("free");
  }

  @Test
  void without_a_home_devices_are_free_and_none_is_made() {
    Path home = directory.resolve("none");
    assertThat(devices(home, "json"))
        .allMatch(line -> line.endsWith("\"lease\":null,\"drained\":null}"));
    assertThat(home).doesNotExist();
  }

  @Test
  void a_device_that_is_given_to_nobody_is_said_with_the_reason() {
    Path root = directory.resolve("home");
    EventCodec<SupervisorEvent> codec = EventCodec.ofSupervisor();
    SupervisorEvent drained =
        new SupervisorEvent.DeviceDrained(new DeviceId("cpu", 0), "3 runs in a row failed on it");
    Instant now = Instant.parse("2026-11-28T06:00:00Z");
    try (HomeLock lock = Home.at(root).lockForWriting("test");
        RocksStore store =
            RocksStore.open(lock.home().journal(), StoreOptions.defaults(), Clock.systemUTC())) {
      SerializedValue value =
          new SerializedValue(
              SupervisorEventSerializer.ID,
              codec.manifest(drained),
              Bytes.wrap(codec.encode(drained)));
      store.append("supervisor|main", List.of(NewEvent.of(1, now, value))).join();

      assertThat(devices(root, "text").get(1)).endsWith("drained: 3 runs in a row failed on it");
      assertThat(devices(root, "json").get(0))
          .endsWith(
              "\"drained\":{\"since\":\"2026-11-28T06:00:00Z\","
                  + "\"reason\":\"3 runs in a row failed on it\"}}");
    }
  }

  private List<String> devices(Path home, String format) {
    Console.Outcome outcome =
        new Console(directory).run("devices", "--format", format, "--home", home.toString());
    assertThat(outcome.code()).as(outcome.err()).isZero();
    return outcome.lines();
  }
}
