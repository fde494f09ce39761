package io.saltus.tf.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.saltus.experiment.session.SessionException;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FashionMnistTest {

  private static final int IMAGES = 0x803;
  private static final int LABELS = 0x801;
  private static final String TRAIN_IMAGES = "train-images-idx3-ubyte.gz";

  @TempDir Path directory;

  @BeforeEach
  void four_small_files() throws IOException {
    write(TRAIN_IMAGES, gzip(idx(IMAGES, pixels(6), 6, 2, 3)));
    write("train-labels-idx1-ubyte.gz", gzip(idx(LABELS, new byte[] {0, 1, 2, 3, 4, 9}, 6)));
    write("t10k-images-idx3-ubyte.gz", gzip(idx(IMAGES, pixels(2), 2, 2, 3)));
    write("t10k-labels-idx1-ubyte.gz", gzip(idx(LABELS, new byte[] {5, 6}, 2)));
  }

  @Test
  void images_stay_with_their_labels() {
    Split split = read(4);
    Inputs.Rows rows = (Inputs.Rows) split.training().inputs();
    assertThat(rows.width()).isEqualTo(6);
    assertThat(split.training().size()).isEqualTo(4);
    for (int i = 0; i < 4; i++) {
      int image = rows.bytes()[i * 6];
      assertThat(split.training().labels()[i]).isEqualTo(image == 5 ? 9 : image);
    }
    assertThat(split.validation().labels()).containsExactly(5, 6);
  }

  @Test
  void a_smaller_training_set_lies_inside_a_larger_one() {
    assertThat(Arrays.copyOf(read(6).training().labels(), 3))
        .isEqualTo(read(3).training().labels());
  }

  @Test
  void files_need_not_be_compressed() throws IOException {
    Files.delete(directory.resolve(TRAIN_IMAGES));
    write("train-images-idx3-ubyte", idx(IMAGES, pixels(6), 6, 2, 3));
    assertThat(read(6).training().size()).isEqualTo(6);
  }

  @Test
  void a_missing_file_is_named_with_how_to_get_it() throws IOException {
    Files.delete(directory.resolve(TRAIN_IMAGES));
    assertRefused(
        TRAIN_IMAGES,
        "apt install dataset-fashion-mnist",
        "t10k-labels-idx1-ubyte.gz",
        "task.path");
  }

  @Test
  void a_wrong_magic_number_is_shown_beside_the_right_one() throws IOException {
    write(TRAIN_IMAGES, gzip(idx(LABELS, pixels(6), 6, 2, 3)));
    assertRefused(TRAIN_IMAGES, "0x00000801", "0x00000803");
  }

  @Test
  void missing_data_are_counted() throws IOException {
    write(TRAIN_IMAGES, gzip(idx(IMAGES, pixels(5), 6, 2, 3)));
    assertRefused(TRAIN_IMAGES, "30 bytes of data", "36 expected");
  }

  @Test
  void a_file_cut_off_inside_its_compression_is_called_cut_off() throws IOException {
    byte[] whole = Files.readAllBytes(directory.resolve(TRAIN_IMAGES));
    write(TRAIN_IMAGES, Arrays.copyOf(whole, whole.length / 2));
    assertRefused(TRAIN_IMAGES, "cut off");
  }

  @Test
  void an_empty_file_is_called_cut_off() throws IOException {
    write(TRAIN_IMAGES, new byte[0]);
    assertRefused(TRAIN_IMAGES, "cut off");
  }

  @Test
  void a_damaged_compression_is_called_damaged() throws IOException {
    byte[] whole = Files.readAllBytes(directory.resolve(TRAIN_IMAGES));
    whole[whole.length - 6] ^= 1;
    write(TRAIN_IMAGES, whole);
    assertRefused(TRAIN_IMAGES, "damaged");
  }

  @Test
  void left_over_data_are_refused() throws IOException {
    write(TRAIN_IMAGES, gzip(idx(IMAGES, pixels(7), 6, 2, 3)));
    assertRefused(TRAIN_IMAGES, "goes on after");
  }

  @Test
  void absurd_dimensions_are_refused_before_anything_is_allocated() throws IOException {
    write(TRAIN_IMAGES, gzip(idx(IMAGES, pixels(1), 60000, 60000, 60000)));
    assertRefused(TRAIN_IMAGES, "dimensions [60000, 60000]");
    write(TRAIN_IMAGES, gzip(idx(IMAGES, pixels(1), -1, 2, 3)));
    assertRefused(TRAIN_IMAGES, "dimensions [-1]");
  }

  @Test
  void images_and_labels_of_different_number_are_refused() throws IOException {
    write("train-labels-idx1-ubyte.gz", gzip(idx(LABELS, new byte[] {0, 1}, 2)));
    assertRefused("6 images", "2 labels");
  }

  @Test
  void images_of_different_sizes_are_refused() throws IOException {
    write("t10k-images-idx3-ubyte.gz", gzip(idx(IMAGES, pixels(2), 2, 3, 2)));
    assertRefused("2 × 3", "3 × 2");
  }

  @Test
  void an_unknown_class_is_refused() throws IOException {
    write("t10k-labels-idx1-ubyte.gz", gzip(idx(LABELS, new byte[] {5, 10}, 2)));
    assertRefused("label 1 is 10");
  }

  @Test
  void more_images_than_there_are_cannot_be_asked_for() {
    assertThatThrownBy(() -> read(7))
        .isInstanceOf(SessionException.class)
        .hasMessageContainingAll("train-samples is 7", "6 images");
  }

  private Split read(int trainSamples) {
    return FashionMnist.read(FashionMnist.files(directory), trainSamples, 1);
  }

  private void assertRefused(String... parts) {
    assertThatThrownBy(() -> read(4))
        .isInstanceOf(SessionException.class)
        .hasMessageContainingAll(parts);
  }

  private void write(String name, byte[] content) throws IOException {
    Files.write(directory.resolve(name), content);
  }

  /** Images whose bytes are all their number. */
  private static byte[] pixels(int images) {
    byte[] pixels = new byte[images * 6];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (i / 6);
    }
    return pixels;
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
