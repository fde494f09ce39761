package io.saltus.persistence.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.saltus.experiment.event.RunEvent;
import io.saltus.experiment.jump.JumpKind;
import io.saltus.experiment.spec.Claim;
import io.saltus.experiment.spec.Expectation;
import io.saltus.experiment.spec.Measure;
import io.saltus.experiment.spec.Study;
import io.saltus.proto.v1.SpecProto;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class StudyCodecTest {

  @Test
  void a_study_comes_back_with_everything_it_had() {
    assertThat(StudyCodec.read(At.event("X"), StudyCodec.write(study()))).isEqualTo(study());
  }

  @Test
  void a_study_of_axes_and_seeds_is_written_as_it_always_was() {
    Study plain = new Study(study().axes(), study().seeds());
    SpecProto.Study wire = StudyCodec.write(plain);
    assertThat(wire)
        .isEqualTo(
            SpecProto.Study.newBuilder()
                .addAllAxes(wire.getAxesList())
                .addAllSeeds(wire.getSeedsList())
                .build());
  }

  static Stream<String> words() {
    Stream<String> orders =
        Stream.of(Claim.Order.values()).map(order -> "along = steps, order = " + order);
    Stream<String> takes =
        Stream.of(Measure.Take.values()).map(take -> "at-least = 1, take = " + take);
    Stream<String> kinds = Stream.of(JumpKind.values()).map(kind -> "jump = " + kind.id());
    return Stream.of(orders, takes, kinds)
        .flatMap(each -> each)
        .map(text -> "{ metric = train.loss, " + text.toLowerCase(Locale.ROOT) + " }");
  }

  /** Expectations are text on the wire, so no number holds their words: this does. */
  @ParameterizedTest
  @MethodSource("words")
  void every_word_of_an_expectation_comes_back(String text) {
    Study study =
        new Study(
            study().axes(),
            List.of(),
            new TreeMap<>(),
            List.of(),
            new TreeSet<>(),
            List.of(Expectation.parse(text)));
    assertThat(StudyCodec.read(At.event("X"), StudyCodec.write(study))).isEqualTo(study);
  }

  static Stream<Arguments> damages() {
    return Stream.of(
        damage("zip[0].paths are not two axes or more", s -> s.setZip(0, group("batch-size"))),
        damage("zip[0].paths are not two axes or more", s -> s.setZip(0, group("steps", "x"))),
        damage("when[0].path is not an axis: x", s -> s.setWhen(0, condition("x", "batch-size"))),
        damage("when[0].other is not an axis: x", s -> s.setWhen(0, condition("batch-size", "x"))),
        damage(
            "when[1].other is there twice: task.operation",
            s -> s.addWhen(condition("batch-size", "task.operation"))),
        damage("held are not names of seeds", s -> s.addHeld("data")),
        damage("held are not names of seeds", s -> s.addHeld("weights")),
        damage("expect[5]: is not an expectation", s -> s.addExpect("{}")),
        damage("axes[1].path does not follow", s -> s.setAxes(1, s.getAxes(0))));
  }

  @ParameterizedTest
  @MethodSource("damages")
  void what_is_damaged_is_named(String what, UnaryOperator<SpecProto.Study.Builder> damage) {
    SpecProto.Study wire = damage.apply(StudyCodec.write(study()).toBuilder()).build();
    assertThatThrownBy(() -> StudyCodec.read(At.event("X"), wire))
        .isInstanceOf(CodecException.class)
        .hasMessageContaining(what);
  }

  private static Arguments damage(String what, UnaryOperator<SpecProto.Study.Builder> damage) {
    return Arguments.of(what, damage);
  }

  private static SpecProto.AxisGroup group(String... paths) {
    return SpecProto.AxisGroup.newBuilder().addAllPaths(List.of(paths)).build();
  }

  private static SpecProto.AxisCondition condition(String path, String other) {
    return SpecProto.AxisCondition.newBuilder()
        .setPath(path)
        .setOther(other)
        .addValues("1")
        .build();
  }

  private static Study study() {
    RunEvent.RunSubmitted sample =
        (RunEvent.RunSubmitted) Samples.runEvents().get("RunSubmitted-study");
    return sample.spec().study().orElseThrow();
  }
}
