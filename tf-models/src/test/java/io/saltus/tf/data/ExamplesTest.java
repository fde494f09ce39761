package io.saltus.tf.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.saltus.experiment.Sha256;
import io.saltus.experiment.session.TensorValue;
import io.saltus.experiment.session.TensorValue.Dtype;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExamplesTest {

  private static final Examples PAIRS =
      new Examples(
          new Inputs.Pairs(new int[] {1, 2, 3}, new int[] {4, 5, 6}, 7), new int[] {5, 0, 2}, 7);
  private static final Examples ROWS =
      new Examples(new Inputs.Rows(new byte[] {1, 2, -1, 4}, 2), new int[] {9, 3}, 10);

  @Test
  void a_batch_of_pairs_has_the_rows_asked_for_in_that_order() {
    assertThat(PAIRS.batch(2, 0, 2))
        .containsExactly(
            new TensorValue("left", Dtype.I32, List.of(3L), integers(3, 1, 3)),
            new TensorValue("right", Dtype.I32, List.of(3L), integers(6, 4, 6)),
            new TensorValue("labels", Dtype.I32, List.of(3L), integers(2, 5, 2)));
    assertThat(PAIRS.answers()).isEqualTo(PAIRS.batch(0, 1, 2).get(2));
  }

  @Test
  void a_batch_of_rows_keeps_their_bytes() {
    assertThat(ROWS.batch(1))
        .containsExactly(
            new TensorValue("rows", Dtype.U8, List.of(1L, 2L), new byte[] {-1, 4}),
            new TensorValue("labels", Dtype.I32, List.of(1L), integers(3)));
  }

  @Test
  void an_index_outside_is_refused() {
    assertThatThrownBy(() -> ROWS.batch(0, 2)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> ROWS.batch(-1)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void the_digest_is_over_form_content_and_labels() {
    byte[] line = "2 of rows of 2 in 10 classes\n".getBytes(StandardCharsets.UTF_8);
    byte[] all =
        ByteBuffer.allocate(line.length + 12)
            .order(ByteOrder.LITTLE_ENDIAN)
            .put(line)
            .put(new byte[] {1, 2, -1, 4})
            .putInt(9)
            .putInt(3)
            .array();
    assertThat(ROWS.digest()).isEqualTo(Sha256.of(all));
  }

  @Test
  void another_seed_or_another_part_has_another_digest() {
    ModularArithmetic task = new ModularArithmetic(ModularOperation.ADD, 13, 0.5);
    Split split = task.split(1);
    assertThat(split.training().digest())
        .isEqualTo(task.split(1).training().digest())
        .isNotEqualTo(split.validation().digest())
        .isNotEqualTo(task.split(2).training().digest());
  }

  private static byte[] integers(int... values) {
    ByteBuffer bytes = ByteBuffer.allocate(values.length * 4).order(ByteOrder.LITTLE_ENDIAN);
    for (int value : values) {
      bytes.putInt(value);
    }
    return bytes.array();
  }
}
