package io.saltus.experiment.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.saltus.experiment.Sha256;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ColumnTest {

  private static final MetricName NAME = new MetricName("m");
  private static final Steps STEPS = Steps.of(1, 4, 9);
  private static final Sha256 A = Sha256.of(new byte[] {1});
  private static final Sha256 B = Sha256.of(new byte[] {2});
  private static final Sha256 C = Sha256.of(new byte[] {3});

  static Stream<Column> columns() {
    return Stream.of(
        new F32Column(NAME, STEPS, new float[] {1, 2, 3}),
        new F64Column(NAME, STEPS, new double[] {1, 2, 3}),
        new I64Column(NAME, STEPS, new long[] {1, 2, 3}),
        new VectorColumn(NAME, STEPS, 2, new float[] {1, 1, 2, 2, 3, 3}),
        new HistogramColumn(NAME, STEPS, new double[] {0, 1, 2}, new long[] {1, 1, 2, 2, 3, 3}),
        new ArtefactColumn(NAME, STEPS, List.of(A, B, C)));
  }

  @Test
  void every_kind_has_a_column_in_these_tests() {
    assertThat(columns().map(Column::kind)).containsExactlyInAnyOrder(ColumnKind.values());
  }

  @ParameterizedTest
  @MethodSource("columns")
  void a_part_holds_the_steps_between_both_ends(Column column) {
    assertThat(column.between(4, 9).steps()).isEqualTo(Steps.of(4, 9));
    assertThat(column.between(2, 8).steps()).isEqualTo(Steps.of(4));
    assertThat(column.between(5, 8).size()).isZero();
    assertThat(column.between(10, 20).size()).isZero();
    assertThat(column.between(8, 2).size()).isZero();
    assertThat(column.between(0, Long.MAX_VALUE - 1)).isEqualTo(column);
    assertThat(column.between(0, Long.MAX_VALUE)).isEqualTo(column);
  }

  @ParameterizedTest
  @MethodSource("columns")
  void a_part_keeps_name_and_kind(Column column) {
    Column part = column.between(4, 4);
    assertThat(part.name()).isEqualTo(NAME);
    assertThat(part.kind()).isEqualTo(column.kind());
    assertThat(part.getClass()).isEqualTo(column.getClass());
    assertThat(part).isNotEqualTo(column);
  }

  @ParameterizedTest
  @MethodSource("columns")
  void equal_columns_have_equal_hashes_and_texts(Column column) {
    Column twin =
        columns().filter(other -> other.kind() == column.kind()).findFirst().orElseThrow();
    assertThat(twin).isEqualTo(column).hasSameHashCodeAs(column).hasToString(column.toString());
  }

  @Test
  void a_part_takes_its_own_values() {
    assertThat(columns().map(column -> column.between(4, 4)).toList())
        .containsExactly(
            new F32Column(NAME, Steps.of(4), new float[] {2}),
            new F64Column(NAME, Steps.of(4), new double[] {2}),
            new I64Column(NAME, Steps.of(4), new long[] {2}),
            new VectorColumn(NAME, Steps.of(4), 2, new float[] {2, 2}),
            new HistogramColumn(NAME, Steps.of(4), new double[] {0, 1, 2}, new long[] {2, 2}),
            new ArtefactColumn(NAME, Steps.of(4), List.of(B)));
  }

  @Test
  void there_is_one_value_per_step() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new F32Column(NAME, STEPS, new float[2]))
        .withMessageContaining("2 values for 3 steps");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new F64Column(NAME, STEPS, new double[4]));
    assertThatIllegalArgumentException().isThrownBy(() -> new I64Column(NAME, STEPS, new long[0]));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new VectorColumn(NAME, STEPS, 2, new float[5]));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new VectorColumn(NAME, STEPS, 0, new float[0]));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new HistogramColumn(NAME, STEPS, new double[] {0, 1}, new long[2]));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new HistogramColumn(NAME, STEPS, new double[] {0}, new long[0]));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ArtefactColumn(NAME, STEPS, List.of(A)));
  }

  @Test
  void edges_of_a_histogram_ascend() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new HistogramColumn(NAME, STEPS, new double[] {0, 0}, new long[3]))
        .withMessageContaining("ascend");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> new HistogramColumn(NAME, STEPS, new double[] {0, Double.NaN}, new long[3]));
  }

  @Test
  void arrays_are_copied_on_the_way_in_and_out() {
    float[] given = {1, 2, 3};
    F32Column column = new F32Column(NAME, STEPS, given);
    given[0] = 9;
    column.toArray()[1] = 9;
    assertThat(column.toArray()).containsExactly(1, 2, 3);
  }

  @Test
  void scalars_are_widened() {
    assertThat(new F32Column(NAME, Steps.of(0), new float[] {0.1f}).asDouble(0))
        .isEqualTo((double) 0.1f);
    assertThat(new F64Column(NAME, Steps.of(0), new double[] {0.1}).asDouble(0)).isEqualTo(0.1);
    assertThat(new I64Column(NAME, Steps.of(0), new long[] {7}).asDouble(0)).isEqualTo(7.0);
  }

  @Test
  void a_NaN_equals_a_NaN_and_the_zeros_differ() {
    assertThat(new F32Column(NAME, Steps.of(0), new float[] {Float.NaN}))
        .isEqualTo(new F32Column(NAME, Steps.of(0), new float[] {Float.NaN}));
    assertThat(new F64Column(NAME, Steps.of(0), new double[] {0.0}))
        .isNotEqualTo(new F64Column(NAME, Steps.of(0), new double[] {-0.0}));
  }

  @Test
  void vectors_and_histograms_are_read_by_place() {
    VectorColumn vectors = new VectorColumn(NAME, Steps.of(0, 1), 2, new float[] {1, 2, 3, 4});
    assertThat(vectors.vector(1)).containsExactly(3, 4);
    assertThat(vectors.length()).isEqualTo(2);
    HistogramColumn histograms =
        new HistogramColumn(NAME, Steps.of(0, 1), new double[] {0, 1, 2}, new long[] {1, 2, 3, 4});
    assertThat(histograms.counts(1)).containsExactly(3, 4);
    assertThat(histograms.edges()).containsExactly(0, 1, 2);
    assertThat(histograms.toArray()).containsExactly(1, 2, 3, 4);
  }
}
