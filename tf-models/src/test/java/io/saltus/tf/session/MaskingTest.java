package io.saltus.tf.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.saltus.experiment.session.SessionException;
import io.saltus.experiment.session.TensorValue;
import io.saltus.experiment.session.TensorValue.Dtype;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class MaskingTest {

  private static final String WEIGHTS = "readout.weights";
  private static final List<Long> SHAPE = List.of(24L, 13L);

  @ParameterizedTest
  @EnumSource(
      value = Dtype.class,
      names = {"F32", "U8"})
  void masked_elements_are_positive_0_after_every_step_and_the_others_are_trained(Dtype dtype) {
    IntPredicate kept = i -> i % 3 != 0;
    try (TensorFlowSession session = open(mask(WEIGHTS, dtype, SHAPE, kept))) {
      requireMasked(session, kept);
      for (int step = 0; step <= 30; step++) {
        Plans.run(session, step, 30);
        requireMasked(session, kept);
      }
    }
  }

  @Test
  void a_restored_state_is_masked_and_trained_on_masked() {
    IntPredicate kept = i -> i >= 100;
    try (TensorFlowSession whole = TensorFlowSession.open(Plans.small(1));
        TensorFlowSession masked = open(mask(WEIGHTS, Dtype.U8, SHAPE, kept))) {
      Plans.run(whole, 10, 30);
      List<TensorValue> state = state(whole);
      masked.restore(10, state);
      requireMasked(masked, kept);
      for (TensorValue value : state) {
        // Moments too stay as they are: they move no other element.
        if (!value.name().equals(WEIGHTS)) {
          assertThat(masked.read(Set.of(value.name()))).containsExactly(value);
        }
      }
      Plans.run(masked, 15, 30);
      requireMasked(masked, kept);
    }
  }

  @Test
  void a_mask_of_ones_changes_no_bit_not_even_of_denormals() {
    try (TensorFlowSession plain = TensorFlowSession.open(Plans.small(1));
        TensorFlowSession masked = open(mask(WEIGHTS, Dtype.F32, SHAPE, i -> true))) {
      assertThat(Plans.run(masked, 20)).isEqualTo(Plans.run(plain, 20));
      assertThat(state(masked)).isEqualTo(state(plain));
      List<TensorValue> denormal = state(plain).stream().map(MaskingTest::denormal).toList();
      masked.restore(20, denormal);
      assertThat(state(masked)).isEqualTo(denormal);
    }
  }

  @Test
  void which_elements_are_masked_is_no_part_of_the_graph_and_that_some_are_is() {
    try (TensorFlowSession plain = TensorFlowSession.open(Plans.small(1));
        TensorFlowSession some = open(mask(WEIGHTS, Dtype.U8, SHAPE, i -> i > 5));
        TensorFlowSession others = open(mask(WEIGHTS, Dtype.U8, SHAPE, i -> i < 5))) {
      assertThat(some.fingerprint()).isEqualTo(others.fingerprint());
      assertThat(some.fingerprint().numericDifferences(plain.fingerprint()))
          .containsExactly("graph");
    }
  }

  @Test
  void an_unknown_name_is_refused_with_those_there_are() {
    assertThatThrownBy(() -> open(mask("readout", Dtype.U8, SHAPE, i -> true)))
        .isInstanceOf(SessionException.class)
        .hasMessageStartingWith("there is a mask for readout, but the model trains ")
        .hasMessageContaining(WEIGHTS);
  }

  @ParameterizedTest
  @ValueSource(strings = {"readout.weights.adam-mean", "data.validation.left"})
  void only_weights_can_be_masked(String name) {
    assertThatThrownBy(() -> open(mask(name, Dtype.U8, SHAPE, i -> true)))
        .isInstanceOf(SessionException.class)
        .hasMessageContaining(name);
  }

  @Test
  void what_does_not_fit_is_refused_with_both_shapes_or_the_element() {
    assertThatThrownBy(() -> open(mask(WEIGHTS, Dtype.U8, List.of(312L), i -> true)))
        .isInstanceOf(SessionException.class)
        .hasMessageContainingAll("readout.weights", "F32[24, 13]", "U8[312]");
    assertThatThrownBy(() -> open(mask(WEIGHTS, Dtype.I64, SHAPE, i -> true)))
        .isInstanceOf(SessionException.class)
        .hasMessageContaining("I64[24, 13]");
    TensorValue two =
        new TensorValue(
            "readout.bias",
            Dtype.U8,
            List.of(13L),
            new byte[] {1, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0});
    assertThatThrownBy(() -> open(two))
        .isInstanceOf(SessionException.class)
        .hasMessage("the mask of readout.bias is 2.0 at place 2, not 0 or 1");
    TensorValue ones = mask(WEIGHTS, Dtype.U8, SHAPE, i -> true);
    assertThatThrownBy(() -> TensorFlowSession.open(Plans.small(1), List.of(ones, ones), List.of()))
        .isInstanceOf(SessionException.class)
        .hasMessage("there are two masks for readout.weights");
  }

  private static void requireMasked(TensorFlowSession session, IntPredicate kept) {
    ByteBuffer bytes = session.read(Set.of(WEIGHTS)).get(0).bytes();
    int notZero = 0;
    for (int i = 0; bytes.hasRemaining(); i++) {
      int bits = bytes.getInt();
      if (!kept.test(i)) {
        assertThat(bits).as("%s[%s]", WEIGHTS, i).isZero();
      } else if (bits != 0) {
        notZero++;
      }
    }
    assertThat(notZero).isEqualTo(kept(kept));
  }

  private static int kept(IntPredicate kept) {
    return (int) IntStream.range(0, 24 * 13).filter(kept).count();
  }

  private static TensorFlowSession open(TensorValue mask) {
    return TensorFlowSession.open(Plans.small(1), List.of(mask), List.of());
  }

  private static TensorValue mask(String name, Dtype dtype, List<Long> shape, IntPredicate kept) {
    int size = Math.toIntExact(shape.stream().reduce(1L, Math::multiplyExact));
    ByteBuffer bytes = ByteBuffer.allocate(size * dtype.bytes()).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < size; i++) {
      if (dtype == Dtype.F32) {
        bytes.putFloat(kept.test(i) ? 1 : 0);
      } else {
        bytes.put((byte) (kept.test(i) ? 1 : 0));
      }
    }
    return new TensorValue(name, dtype, shape, bytes.array());
  }

  private static TensorValue denormal(TensorValue like) {
    float[] values = new float[like.bytes().remaining() / Float.BYTES];
    Arrays.fill(values, 1e-40f);
    byte[] bytes = new byte[like.bytes().remaining()];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().put(values);
    return new TensorValue(like.name(), like.dtype(), like.shape(), bytes);
  }

  private static List<TensorValue> state(TensorFlowSession session) {
    return session.read(Set.copyOf(session.variables()));
  }
}
