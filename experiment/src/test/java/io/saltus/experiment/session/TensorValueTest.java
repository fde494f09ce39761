package io.saltus.experiment.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.saltus.experiment.session.TensorValue.Dtype;
import io.saltus.experiment.spec.SampleSpecs;
import java.nio.ByteOrder;
import java.nio.ReadOnlyBufferException;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class TensorValueTest {

  @Test
  void its_bytes_are_little_endian_copied_and_read_only() {
    byte[] bytes = {0, 0, (byte) 0x80, 0x3f, 0, 0, 0, 0x40};
    TensorValue tensor = new TensorValue("w", Dtype.F32, List.of(2L), bytes);
    bytes[3] = 0;
    assertThat(tensor.bytes().order()).isEqualTo(ByteOrder.LITTLE_ENDIAN);
    assertThat(tensor.bytes().getFloat(0)).isEqualTo(1f);
    assertThat(tensor.bytes().getFloat(4)).isEqualTo(2f);
    assertThatExceptionOfType(ReadOnlyBufferException.class)
        .isThrownBy(() -> tensor.bytes().put(0, (byte) 1));
  }

  @Test
  void the_bytes_fit_the_shape() {
    assertThat(new TensorValue("s", Dtype.F64, List.of(), new byte[8]).shape()).isEmpty();
    assertThat(new TensorValue("e", Dtype.I64, List.of(0L, 3L), new byte[0]).bytes().capacity())
        .isZero();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TensorValue("w", Dtype.I32, List.of(2L, 3L), new byte[20]))
        .withMessageContaining("w: 20 bytes for I32[2, 3]");
    assertThatExceptionOfType(ArithmeticException.class)
        .isThrownBy(() -> new TensorValue("w", Dtype.U8, List.of(1L << 40, 1L << 40), new byte[0]));
  }

  @Test
  void a_negative_dimension_is_refused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TensorValue("w", Dtype.U8, List.of(-1L, -4L), new byte[4]));
  }

  @Test
  void two_are_equal_when_name_type_shape_and_bytes_are() {
    TensorValue tensor = new TensorValue("w", Dtype.U8, List.of(2L), new byte[] {1, 2});
    assertThat(tensor)
        .isEqualTo(new TensorValue("w", Dtype.U8, List.of(2L), new byte[] {1, 2}))
        .hasSameHashCodeAs(new TensorValue("w", Dtype.U8, List.of(2L), new byte[] {1, 2}))
        .isNotEqualTo(new TensorValue("v", Dtype.U8, List.of(2L), new byte[] {1, 2}))
        .isNotEqualTo(new TensorValue("w", Dtype.U8, List.of(1L, 2L), new byte[] {1, 2}))
        .isNotEqualTo(new TensorValue("w", Dtype.U8, List.of(2L), new byte[] {1, 3}))
        .hasToString("w U8[2]");
  }

  @Test
  void a_session_needs_a_device() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SessionRequest(SampleSpecs.grokking(), List.of(), new TreeMap<>()))
        .withMessage("a session needs a device");
  }
}
