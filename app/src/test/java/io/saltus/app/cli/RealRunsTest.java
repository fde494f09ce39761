package io.saltus.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.saltus.app.Programs;
import io.saltus.app.cli.Console.Outcome;
import io.saltus.experiment.session.TensorValue;
import io.saltus.persistence.checkpoint.CheckpointStore;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Small runs of TensorFlow: files that are damaged, and states that do not fit. */
class RealRunsTest {

  private static final String TRAIN_IMAGES = "train-images-idx3-ubyte.gz";

  @TempDir Path directory;
  private Path data = Path.of("");
  private Console console;

  @BeforeEach
  void four_small_files() throws IOException {
    console = new Console(directory).programs(Programs.installed());
    data = Files.createDirectory(directory.resolve("data"));
    write(TRAIN_IMAGES, images(6));
    write("train-labels-idx1-ubyte.gz", gzip(idx(0x801, new byte[] {0, 1, 2, 3, 4, 9}, 6)));
    write("t10k-images-idx3-ubyte.gz", images(2));
    write("t10k-labels-idx1-ubyte.gz", gzip(idx(0x801, new byte[] {5, 6}, 2)));
  }

  private Outcome run(String... further) {
    String[] begin = {
      "run",
      "fashion-mnist",
      "--set",
      "task.path=" + data,
      "--set",
      "task.train-samples=6",
      "--set",
      "batch-size=2",
      "--set",
      "model.width=3",
      "--steps",
      "5"
    };
    String[] all = Arrays.copyOf(begin, begin.length + further.length);
    System.arraycopy(further, 0, all, begin.length, further.length);
    return console.run(all);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "truncated | train-images-idx3-ubyte.gz is cut off",
        "short | train-images-idx3-ubyte.gz is cut off: 30 bytes of data, 36 expected",
        "magic | train-images-idx3-ubyte.gz begins with 0x00000801, not with 0x00000803",
        "missing | has no train-images-idx3-ubyte.gz. On Debian: apt install dataset-fashion-mnist",
        "empty | train-images-idx3-ubyte.gz is cut off",
        "other | task.train-samples is 6, but train-images-idx3-ubyte.gz holds",
      })
  void a_damaged_file_is_named_and_no_run_begins(String defect, String says) throws IOException {
    switch (defect) {
      case "truncated" -> write(TRAIN_IMAGES, Arrays.copyOf(images(6), images(6).length / 2));
      case "short" -> write(TRAIN_IMAGES, gzip(idx(0x803, new byte[30], 6, 2, 3)));
      case "magic" -> write(TRAIN_IMAGES, gzip(idx(0x801, new byte[36], 6, 2, 3)));
      case "missing" -> Files.delete(data.resolve(TRAIN_IMAGES));
      case "empty" -> write(TRAIN_IMAGES, new byte[0]);
      default -> {
        write(TRAIN_IMAGES, images(5));
        write("train-labels-idx1-ubyte.gz", gzip(idx(0x801, new byte[5], 5)));
      }
    }
    Outcome outcome = run("--name", "a");

    assertThat(outcome.code()).as(outcome.err()).isEqualTo(2);
    assertThat(outcome.err()).startsWith("saltus: ").contains(says).hasLineCount(1);
    assertThat(outcome.out()).isEmpty();
    assertThat(directory.resolve(".saltus")).doesNotExist();
  }

  @Test
  void a_fork_that_changes_a_shape_names_the_variable_and_both_shapes() {
    Outcome begun = run("--name", "a");
    assertThat(begun.code()).as(begun.err()).isZero();
    Outcome unchanged = console.run("fork", "a", "--step", "3", "--name", "u");
    assertThat(unchanged.code()).as("finds the data: " + unchanged.err()).isZero();
    assertThat(console.run("compare", "a", "u").out()).contains("a and u are equal");
    String runs = console.run("runs", "--format", "json").out();
    for (String step : new String[] {"5", "3"}) {
      Outcome outcome =
          console.run("fork", "a", "--step", step, "--set", "model.width=4", "--name", "f");

      assertThat(outcome.code()).as(outcome.err()).isEqualTo(2);
      assertThat(outcome.err())
          .startsWith("saltus: the state of a at step " + step + " does not fit the fork: ")
          .contains("hidden.bias is F32[4] in the model and F32[3] in the state to be restored. ")
          .endsWith("Leave the shapes of task and model as they are.\n")
          .hasLineCount(1);
      assertThat(outcome.out()).isEmpty();
    }
    assertThat(console.run("runs", "--format", "json").out()).isEqualTo(runs);
    assertThat(console.run("gc", "--dry-run", "--format", "json").out())
        .contains("\"unreferenced\":0");
  }

  @Test
  void a_run_with_a_mask_keeps_weights_at_zero_and_can_be_verified_and_forked() throws IOException {
    String plain = Scripted.digest(run("--format", "json"));
    Path mask = directory.resolve("mask.safetensors");
    mask("hidden.weights", mask);
    Outcome masked = run("--name", "m", "--input", "mask=mask.safetensors", "--format", "json");

    assertThat(masked.code()).as(masked.err()).isZero();
    assertThat(Scripted.digest(masked)).isNotEqualTo(plain);
    assertThat(console.run("events", "m", "--format", "json").out()).contains("\"mask\"");
    assertThat(console.run("verify", "m").code()).isZero();

    String runs = console.run("runs", "--format", "json").out();
    Path wrong = directory.resolve("wrong.safetensors");
    mask("nothing.of.this.name", wrong);
    Outcome refused = run("--name", "n", "--input", "mask=wrong.safetensors");
    assertThat(refused.code()).isEqualTo(2);
    assertThat(refused.err()).startsWith("saltus: ").contains("nothing.of.this.name");
    assertThat(run("--name", "n", "--input", "mask=" + data.resolve(TRAIN_IMAGES)).err())
        .startsWith("saltus: the mask cannot be read: ");
    assertThat(run("--name", "n", "--input", "maks=mask.safetensors").err())
        .startsWith("saltus: there is no input 'maks': --input maks. Known: ");
    assertThat(console.run("runs", "--format", "json").out()).isEqualTo(runs);
    Files.copy(wrong, mask, StandardCopyOption.REPLACE_EXISTING);
    assertThat(console.run("verify", "m").err())
        .startsWith("saltus: the input mask of m has changed: its SHA-256 was ");
  }

  private static void mask(String name, Path file) throws IOException {
    byte[] zeros = new byte[18];
    CheckpointStore store = CheckpointStore.at(Files.createTempDirectory(file.getParent(), "m"));
    store.export(
        store
            .save(List.of(new TensorValue(name, TensorValue.Dtype.U8, List.of(6L, 3L), zeros)))
            .sha256(),
        file);
  }

  private void write(String name, byte[] content) throws IOException {
    Files.write(data.resolve(name), content);
  }

  private static byte[] images(int count) throws IOException {
    byte[] pixels = new byte[count * 6];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (37 * i);
    }
    return gzip(idx(0x803, pixels, count, 2, 3));
  }

  private static byte[] idx(int magic, byte[] data, int... dimensions) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeInt(magic);
    for (int dimension : dimensions) {
      out.writeInt(dimension);
    }
    out.write(data);
    return bytes.toByteArray();
  }

  private static byte[] gzip(byte[] content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(content);
    }
    return bytes.toByteArray();
  }
}
