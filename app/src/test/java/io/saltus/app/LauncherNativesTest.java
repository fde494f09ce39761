package io.saltus.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Which of TensorFlow's natives the launcher takes, on a machine whose CUDA is a folder of empty
 * files.
 */
class LauncherNativesTest extends LauncherScene {

  private static final String CPU = "-Dsaltus.natives=linux-x86_64 ";
  private static final String GPU = "-Dsaltus.natives=linux-x86_64-gpu ";

  private Path libraries;

  @BeforeEach
  void without_a_gpu_of_its_own() throws IOException {
    assumeFalse(
        Files.exists(Path.of("/dev/nvidiactl")), "skipped: this machine has a CUDA driver itself");
    libraries = Files.createDirectory(temp.resolve("libraries"));
  }

  private void has(String... names) throws IOException {
    for (String name : names) {
      Files.createFile(libraries.resolve(name));
    }
  }

  private Outcome start(String... arguments) throws Exception {
    return saltus(
        Map.of("LD_LIBRARY_PATH", libraries.toString()), tree, tree.resolve("saltus"), arguments);
  }

  @Test
  void without_a_cuda_driver_they_are_those_for_the_processor_and_nothing_is_said()
      throws Exception {
    Outcome outcome = start("run", "grokking");

    assertThat(outcome.exit()).as(outcome.err()).isZero();
    assertThat(builds()).singleElement().asString().contains(CPU);
    assertThat(outcome.err()).doesNotContain("CUDA");
  }

  @Test
  void with_a_driver_cuda_and_cudnn_they_are_those_for_gpus_in_a_build_of_their_own()
      throws Exception {
    has("libcuda.so.1", "libcudart.so.12", "libcudnn.so.9");
    Outcome outcome = start("run", "grokking");

    assertThat(outcome.exit()).as(outcome.err()).isZero();
    assertThat(builds()).singleElement().asString().contains(GPU);
    assertThat(tree.resolve("build/current-gpu").toRealPath().toString()).endsWith("-gpu");
    assertThat(tree.resolve("build/current")).doesNotExist();
    assertThat(start("run").err()).isEmpty();
    assertThat(builds()).hasSize(1);
  }

  @Test
  void both_can_be_had_beside_each_other() throws Exception {
    has("libcuda.so.1", "libcudart.so.12", "libcudnn.so.9");
    start("run");
    start("--natives", "cpu", "run");
    start("--natives=cpu", "run");
    start("--natives", "gpu", "run");

    assertThat(builds()).hasSize(2);
    assertThat(builds().get(1)).contains(CPU);
    assertThat(folders()).hasSize(2);
  }

  @Test
  void what_is_missing_of_cuda_is_one_clear_line_and_the_processor_is_used() throws Exception {
    has("libcuda.so.1");
    assertThat(start("run").err())
        .contains(
            "saltus: there is a CUDA driver, but CUDA 12 is missing (libcudart.so.12): runs use the"
                + " processor\n");
    has("libcudart.so.12");
    assertThat(start("--home", "run", "doctor").err())
        .contains(
            "saltus: there is a CUDA driver, but cuDNN 9 is missing (libcudnn.so.9): runs use the"
                + " processor\n");
    assertThat(start("runs").err()).isEmpty();
    assertThat(builds()).singleElement().asString().contains(CPU);
  }

  @Test
  void who_insists_on_a_gpu_is_told_what_is_missing() throws Exception {
    assertRefused(
        start("--natives", "gpu", "run"),
        "saltus: TensorFlow cannot use a GPU here: no CUDA driver (libcuda.so.1). Install it, or"
            + " leave out --natives gpu.");
    has("libcuda.so.1", "libcudart.so.12");
    assertRefused(
        start("run", "--natives=gpu"),
        "saltus: TensorFlow cannot use a GPU here: cuDNN 9 is missing (libcudnn.so.9).");
  }

  @Test
  void a_distribution_for_the_processor_says_that_it_is_one() throws Exception {
    has("libcuda.so.1", "libcudart.so.12", "libcudnn.so.9");
    Path installed = temp.resolve("an installation");
    write(installed.resolve("bin/saltus"), Files.readString(SCRIPT), true);
    write(installed.resolve("lib/saltus-app-1.jar"), "jar", false);
    Map<String, String> environment = Map.of("LD_LIBRARY_PATH", libraries.toString());
    Path script = installed.resolve("bin/saltus");

    assertThat(saltus(environment, temp, script, "run").exit()).isZero();
    assertRefused(
        saltus(environment, temp, script, "--natives", "gpu", "run"),
        "saltus: this distribution brings TensorFlow for the processor only");
  }
}
