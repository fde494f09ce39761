package io.saltus.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.saltus.actors.worker.CorePinning;
import io.saltus.app.cli.Console.Outcome;
import io.saltus.app.doctor.Graphics;
import io.saltus.app.doctor.Machine;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Machines for which there is no native code. */
class PlatformTest {

  @TempDir Path directory;
  private String spec = "";

  @BeforeEach
  void write() throws IOException {
    spec = Scripted.spec(directory);
  }

  private static Machine machine(String system, String processor) {
    Properties properties = new Properties();
    properties.putAll(System.getProperties());
    properties.setProperty("os.name", system);
    properties.setProperty("os.arch", processor);
    return new Machine(
        properties,
        1L << 30,
        8L << 30,
        name -> true,
        file -> false,
        () -> new Graphics(false, false, List.of(), () -> 0),
        () -> CorePinning.none("another machine"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Mac OS X | aarch64 | Mac OS X-aarch64",
        "Windows 11 | amd64 | Windows 11-x86_64",
        "Linux | aarch64 | linux-aarch64",
        "Linux | riscv64 | linux-riscv64",
      })
  void a_run_is_refused_before_anything_is_created(
      String system, String processor, String platform) {
    Outcome outcome = new Console(directory).onMachine(machine(system, processor)).run("run", spec);

    assertThat(outcome)
        .isEqualTo(
            new Outcome(
                1,
                "",
                "saltus: there is no native code for "
                    + platform
                    + ". This version runs on linux-x86_64 only: use such a machine or a container.\n"));
    assertThat(directory.resolve(".saltus")).doesNotExist();
  }

  @Test
  void what_computes_is_refused_and_the_doctor_says_why() {
    Console console = new Console(directory);
    assertThat(console.run("run", spec, "--name", "a").code()).isZero();
    String runs = console.run("runs", "--format", "json").out();
    Console elsewhere = new Console(directory).onMachine(machine("Linux", "aarch64"));

    for (String command :
        new String[] {
          "verify a", "fork a --step 50 --name b", "extend a --steps 300", "run " + spec
        }) {
      Outcome outcome = elsewhere.run(command.split(" "));
      assertThat(outcome.code()).as(command).isEqualTo(1);
      assertThat(outcome.err()).startsWith("saltus: there is no native code for linux-aarch64");
      assertThat(outcome.out()).isEmpty();
    }
    Outcome doctor = elsewhere.run("doctor");
    assertThat(doctor.code()).isEqualTo(1);
    assertThat(doctor.out()).contains("there is no native code for linux-aarch64");
    assertThat(console.run("runs", "--format", "json").out()).isEqualTo(runs);
  }
}
