package io.saltus.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdentifierTest {

  private static final String EMPTY =
      "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
  private static final String ABC =
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

  @ParameterizedTest
  @ValueSource(strings = {"a", "0", "grokking-20261123-7k3f", "a.b_c-d"})
  void a_run_may_be_called(String name) {
    assertThat(new RunId(name)).hasToString(name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "-a", ".a", "_a", "A", "a/b", "a b", "..", "ä", "a\n", "a|b", "@last"})
  void a_run_may_not_be_called(String name) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RunId(name))
        .withMessageContaining("'" + name + "'");
  }

  @Test
  void a_name_of_a_run_has_at_most_63_characters() {
    assertThat(RunId.isValid("a".repeat(63))).isTrue();
    assertThat(RunId.isValid("a".repeat(64))).isFalse();
  }

  @Test
  void runs_are_ordered_by_name() {
    assertThat(new RunId("a")).isLessThan(new RunId("b"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"cpu:0", "gpu:1", "cpu:9999"})
  void a_device_reads_back(String text) {
    assertThat(DeviceId.parse(text)).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "cpu", "cpu:", "cpu:01", "cpu:-1", "tpu:0", "CPU:0", "cpu:10000", "cpu:0 "})
  void no_device_is_called(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DeviceId.parse(text))
        .withMessageContaining("'" + text + "'");
  }

  @Test
  void devices_are_ordered_by_kind_and_number() {
    List<DeviceId> ordered =
        List.of(DeviceId.parse("cpu:2"), DeviceId.parse("cpu:10"), DeviceId.parse("gpu:0"));
    assertThat(ordered).isSorted();
  }

  @Test
  void the_digests_of_FIPS_180_come_out() {
    assertThat(Sha256.of(new byte[0])).hasToString(EMPTY);
    assertThat(Sha256.of("abc".getBytes(StandardCharsets.US_ASCII))).hasToString(ABC);
  }

  @Test
  void a_file_has_the_digest_of_its_bytes(@TempDir Path folder) throws IOException {
    byte[] bytes = new byte[200_000];
    bytes[150_000] = 1;
    Path file = Files.write(folder.resolve("file"), bytes);
    assertThat(Sha256.ofFile(file)).isEqualTo(Sha256.of(bytes));
    Assertions.assertThatExceptionOfType(NoSuchFileException.class)
        .isThrownBy(() -> Sha256.ofFile(folder.resolve("other")));
  }

  @Test
  void a_digest_has_32_bytes_and_goes_back_to_its_hex() {
    Sha256 digest = new Sha256(ABC);
    assertThat(digest.bytes()).hasSize(32).startsWith(0xba, 0x78);
    assertThat(digest).isLessThan(new Sha256(EMPTY));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "ba78", "BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD"})
  void no_digest_is_written(String hex) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Sha256(hex))
        .withMessageContaining("'" + hex + "'");
  }

  @Test
  void one_seed_gives_all_four() {
    assertThat(Seeds.of(7)).isEqualTo(new Seeds(7, 7, 7, 7));
  }
}
