package io.saltus.experiment.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MetricFrameTest {

  private static final MetricName LOSS = new MetricName("train.loss");
  private static final MetricName ACCURACY = new MetricName("validation.accuracy");
  private static final MetricFrame FRAME =
      new MetricFrame(
          10,
          19,
          List.of(
              new F32Column(LOSS, Steps.of(10, 11, 15, 19), new float[] {1, 2, 3, 4}),
              new F32Column(ACCURACY, Steps.of(10), new float[] {0.5f})));

  @Test
  void steps_ascend_from_0() {
    assertThat(Steps.of(0, 1, 5).toArray()).containsExactly(0, 1, 5);
    assertThat(Steps.of().size()).isZero();
    assertThat(Steps.none()).isEqualTo(Steps.of());
    assertThatIllegalArgumentException().isThrownBy(() -> Steps.of(1, 1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Steps.of(2, 1))
        .withMessageContaining("1 follows 2");
    assertThatIllegalArgumentException().isThrownBy(() -> Steps.of(-1));
  }

  @Test
  void steps_are_found_and_sliced() {
    Steps steps = Steps.of(2, 4, 8);
    assertThat(steps.firstAtLeast(0)).isZero();
    assertThat(steps.firstAtLeast(4)).isEqualTo(1);
    assertThat(steps.firstAtLeast(5)).isEqualTo(2);
    assertThat(steps.firstAtLeast(9)).isEqualTo(3);
    assertThat(steps.slice(1, 3)).isEqualTo(Steps.of(4, 8)).hasToString("[4, 8]");
    assertThat(steps.slice(0, 3)).isSameAs(steps);
    steps.toArray()[0] = 0;
    assertThat(steps.at(0)).isEqualTo(2);
  }

  @Test
  void a_frame_finds_its_columns() {
    assertThat(FRAME.column(LOSS)).map(Column::size).contains(4);
    assertThat(FRAME.column(new MetricName("other"))).isEmpty();
  }

  @Test
  void a_frame_refuses_an_empty_range_and_what_lies_outside_of_it() {
    assertThatIllegalArgumentException().isThrownBy(() -> new MetricFrame(5, 4, List.of()));
    assertThatIllegalArgumentException().isThrownBy(() -> new MetricFrame(-1, 4, List.of()));
    F32Column column = new F32Column(LOSS, Steps.of(3, 5), new float[2]);
    assertThat(new MetricFrame(3, 5, List.of(column)).columns()).hasSize(1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new MetricFrame(4, 5, List.of(column)))
        .withMessageContaining("train.loss");
    assertThatIllegalArgumentException().isThrownBy(() -> new MetricFrame(3, 4, List.of(column)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new MetricFrame(0, 9, List.of(column, column)))
        .withMessageContaining("twice");
  }

  @Test
  void a_part_drops_what_has_no_values_in_it() {
    MetricFrame part = FRAME.between(12, 18);
    assertThat(part.from()).isEqualTo(12);
    assertThat(part.until()).isEqualTo(18);
    assertThat(part.columns()).containsExactly(new F32Column(LOSS, Steps.of(15), new float[] {3}));
    assertThat(FRAME.between(0, 100)).isSameAs(FRAME);
    assertThatIllegalArgumentException().isThrownBy(() -> FRAME.between(20, 30));
  }

  @Property(seed = "1")
  void cut_in_two_nothing_is_lost(@ForAll @LongRange(min = 10, max = 18) long cut) {
    MetricFrame left = FRAME.between(10, cut);
    MetricFrame right = FRAME.between(cut + 1, 19);
    int values =
        left.columns().stream().mapToInt(Column::size).sum()
            + right.columns().stream().mapToInt(Column::size).sum();
    assertThat(values).isEqualTo(5);
    assertThat(left.until() + 1).isEqualTo(right.from());
  }

  @Test
  void a_catalogue_finds_by_name_and_refuses_doubles() {
    MetricDescriptor loss = descriptor(LOSS);
    MetricDescriptor accuracy = descriptor(ACCURACY);
    Catalogue catalogue = new Catalogue(List.of(loss, accuracy));
    assertThat(catalogue.find(ACCURACY)).contains(accuracy);
    assertThat(catalogue.indexOf(ACCURACY)).isEqualTo(1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> catalogue.indexOf(new MetricName("other")))
        .withMessageContaining("other");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Catalogue(List.of(loss, loss)))
        .withMessageContaining("twice");
  }

  @Test
  void a_scalar_is_one_wide() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> new MetricDescriptor(LOSS, "", ColumnKind.F32, 2, "", "every step", true, false));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new MetricDescriptor(
                    LOSS, "", ColumnKind.VECTOR, 0, "", "every step", true, false));
  }

  @ParameterizedTest
  @ValueSource(strings = {"train.loss", "weight-norm", "a", "layer_1/kernel.norm"})
  void a_metric_may_be_called(String name) {
    assertThat(new MetricName(name)).hasToString(name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1a", "Loss", "a b", ".a", "a,b", "a\n"})
  void a_metric_may_not_be_called(String name) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new MetricName(name))
        .withMessageContaining("'" + name + "'");
  }

  @Test
  void accuracies_are_known_by_their_name() {
    assertThat(MetricName.accuracyOf("validation")).isEqualTo(ACCURACY);
    assertThat(ACCURACY.isAccuracy()).isTrue();
    assertThat(new MetricName("accuracy").isAccuracy()).isTrue();
    assertThat(MetricName.lossOf("train").isAccuracy()).isFalse();
    assertThat(new MetricName("inaccuracy").isAccuracy()).isFalse();
    assertThat(MetricName.lossOf("train").isLoss()).isTrue();
    assertThat(new MetricName("loss").isLoss()).isTrue();
    assertThat(new MetricName("gloss").isLoss()).isFalse();
  }

  private static MetricDescriptor descriptor(MetricName name) {
    return new MetricDescriptor(name, "", ColumnKind.F32, 1, "", "every step", true, false);
  }
}
