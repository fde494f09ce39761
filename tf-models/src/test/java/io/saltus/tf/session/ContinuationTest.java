package io.saltus.tf.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.saltus.tf.data.FashionMnist;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContinuationTest {

  @TempDir private Path directory;

  @ParameterizedTest
  @CsvSource({"grokking,1", "grokking,2", "fashion-mnist,1", "fashion-mnist,2"})
  void a_restored_session_goes_on_with_the_bits_of_the_undisturbed_one(String task, String threads)
      throws Exception {
    Assumptions.assumeTrue(
        task.equals("grokking") || Files.isDirectory(FashionMnist.DEBIAN),
        "the package dataset-fashion-mnist is installed");
    assertThat(
            ChildProcess.lines(
                Continuation.class, Map.of(), directory.resolve("errors"), task, threads))
        .containsExactly(
            "threads " + threads, "restored true", "frames true", "state true", "denormals true");
  }
}
