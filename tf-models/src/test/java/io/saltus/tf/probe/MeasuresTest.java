package io.saltus.tf.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.saltus.experiment.random.Philox;
import io.saltus.experiment.session.TensorValue;
import io.saltus.experiment.session.TensorValue.Dtype;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MeasuresTest {

  @Test
  void a_norm_is_that_of_all_elements_and_keeps_denormals() {
    assertThat(NormProbe.norm(singles(2, 3, 0, -4, 0))).isEqualTo(5);
    assertThat(NormProbe.norm(singles(1, 1e-40f))).isEqualTo(1e-40f);
  }

  @Test
  void a_histogram_puts_every_finite_value_into_the_bin_whose_edges_hold_it() {
    float[] values = {
      0,
      -0f,
      1e-40f,
      -1e-40f,
      0x1p-40f,
      -0x1p-40f,
      1e-3f,
      -0.003f,
      1,
      -1,
      2.9f,
      256,
      -256,
      Float.MAX_VALUE,
      -Float.MAX_VALUE,
      Float.NaN,
      Float.POSITIVE_INFINITY,
      Float.NEGATIVE_INFINITY
    };
    double[] edges = HistogramProbe.edges();
    long[] expected = new long[HistogramProbe.BINS];
    for (float value : values) {
      for (int i = 0; i < expected.length; i++) {
        if (edges[i] <= value && value < edges[i + 1]) {
          expected[i]++;
        }
      }
    }
    assertThat(HistogramProbe.counts(singles(1, values), edges)).isEqualTo(expected);
    assertThat(Arrays.stream(expected).sum()).isEqualTo(values.length - 3);
    assertThat(edges).isSorted().contains(0, -1, 0x1p-40, 256).hasSize(HistogramProbe.BINS + 1);
  }

  @Test
  void a_margin_is_the_right_logit_less_the_best_other() {
    // Right by 2, wrong by 3, and right by 0.5.
    TensorValue logits = singles(3, 5, 3, 1, 2, 4, 1, -1, -2, -0.5f);
    assertThat(MarginProbe.margins(logits, classes(0, 2, 2))).containsExactly(2, -3, 0.5);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 5, 6})
  void a_wave_has_all_its_power_at_its_frequency(int frequency) {
    int modulus = 12;
    float[] table = new float[modulus * 2];
    double square = 0;
    for (int a = 0; a < modulus; a++) {
      table[2 * a] = (float) (3 * Math.cos(2 * Math.PI * frequency * a / modulus));
      table[2 * a + 1] = (float) Math.sin(2 * Math.PI * frequency * a / modulus);
      square += table[2 * a] * table[2 * a] + table[2 * a + 1] * table[2 * a + 1];
    }
    double[] power = FourierProbe.power(singles(modulus, table));
    assertThat(power).hasSize(7);
    for (int k = 0; k < power.length; k++) {
      assertThat(power[k]).isCloseTo(k == frequency ? square : 0, within(1e-5));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 13, 96, 97})
  void the_powers_of_all_frequencies_add_up_to_the_square_of_the_norm(int modulus) {
    float[] table = new float[modulus * 5];
    Philox philox = new Philox(modulus);
    for (int i = 0; i < table.length; i++) {
      table[i] = (float) (philox.unit(0, i) - 0.3);
    }
    TensorValue embedding = singles(modulus, table);
    double square = Math.pow(NormProbe.norm(embedding), 2);
    assertThat(Arrays.stream(FourierProbe.power(embedding)).sum())
        .isCloseTo(square, within(1e-9 * square));
  }

  private static TensorValue singles(int rows, float... elements) {
    byte[] bytes = new byte[elements.length * Float.BYTES];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().put(elements);
    return new TensorValue(
        "tensor", Dtype.F32, List.of((long) rows, (long) elements.length / rows), bytes);
  }

  private static TensorValue classes(int... labels) {
    byte[] bytes = new byte[labels.length * Integer.BYTES];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asIntBuffer().put(labels);
    return new TensorValue("labels", Dtype.I32, List.of((long) labels.length), bytes);
  }
}
