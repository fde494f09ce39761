package io.saltus.persistence.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.saltus.experiment.session.TensorValue;
import io.saltus.experiment.session.TensorValue.Dtype;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TensorPiecesTest {

  @Test
  void tensors_of_any_size_are_put_together_bit_for_bit() throws WireException {
    List<TensorValue> tensors =
        List.of(
            tensor("large", 2 * TensorPiece.MAX_BYTES + 5),
            tensor("whole", TensorPiece.MAX_BYTES),
            tensor("empty", 0),
            new TensorValue("scalar", Dtype.F64, List.of(), new byte[8]));
    TensorAssembly assembly = new TensorAssembly(tensors.size());
    int pieces = 0;
    for (TensorValue tensor : tensors) {
      for (TensorPiece piece : TensorPiece.of(tensor)) {
        assertThat(assembly.complete()).isFalse();
        assembly.add(piece);
        pieces++;
      }
    }
    assertThat(pieces).isEqualTo(3 + 1 + 1 + 1);
    assertThat(assembly.complete()).isTrue();
    assertThat(assembly.tensors()).isEqualTo(tensors);
  }

  @Test
  void a_piece_that_is_missing_doubled_or_of_another_tensor_is_refused() throws WireException {
    List<TensorPiece> pieces = TensorPiece.of(tensor("a", 2 * TensorPiece.MAX_BYTES + 1));
    List<TensorPiece> others = TensorPiece.of(tensor("b", 2 * TensorPiece.MAX_BYTES + 1));
    for (TensorPiece wrong : List.of(pieces.get(0), pieces.get(2), others.get(1))) {
      TensorAssembly assembly = new TensorAssembly(1);
      assembly.add(pieces.get(0));
      assertThatThrownBy(() -> assembly.add(wrong))
          .isInstanceOf(WireException.class)
          .hasMessageContaining("out of order");
    }
  }

  @Test
  void a_piece_without_bytes_would_make_no_progress_and_is_refused() {
    TensorPiece empty = new TensorPiece("a", Dtype.U8, List.of(3L), 0, ByteBuffer.allocate(0));
    assertThatThrownBy(() -> new TensorAssembly(1).add(empty)).hasMessageContaining("is empty");
  }

  @Test
  void nothing_may_follow_a_complete_state() {
    TensorPiece piece = TensorPiece.of(tensor("a", 1)).get(0);
    assertThatThrownBy(() -> new TensorAssembly(0).add(piece))
        .isInstanceOf(WireException.class)
        .hasMessageContaining("complete state");
  }

  @Test
  void a_piece_outside_its_tensor_or_of_an_impossible_one_is_refused() {
    ByteBuffer two = ByteBuffer.allocate(2);
    assertThatThrownBy(() -> new TensorPiece("a", Dtype.U8, List.of(3L), 2, two))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new TensorPiece("a", Dtype.U8, List.of(3L), -1, two))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new TensorPiece("a", Dtype.U8, List.of(-3L), 0, two))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new TensorPiece("a", Dtype.F64, List.of(1L << 32, 1L << 32), 0, two))
        .hasMessageContaining("too large");
  }

  private static TensorValue tensor(String name, int bytes) {
    byte[] content = new byte[bytes];
    new Random(bytes).nextBytes(content);
    return new TensorValue(name, Dtype.U8, List.of((long) bytes), content);
  }
}
