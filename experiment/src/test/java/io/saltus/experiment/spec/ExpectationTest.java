package io.saltus.experiment.spec;

import static io.saltus.experiment.spec.SampleSpecs.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.saltus.experiment.jump.JumpKind;
import io.saltus.experiment.metric.MetricName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExpectationTest {

  private static final MetricName ACCURACY = new MetricName("validation.accuracy");
  private static final Measure.Crossing UNDERSTOOD =
      new Measure.Crossing(ACCURACY, UntilRule.Bound.AT_LEAST, 0.99, OptionalLong.empty());

  @Test
  void a_level_is_the_last_unless_said_otherwise() {
    assertThat(read("{metric=validation.accuracy,at-least=0.99,in=4 of 5}"))
        .isEqualTo(
            new Expectation(
                "expectation-1",
                "the last validation.accuracy is at least 0.99",
                new Claim.Within(
                    new Measure.Level(ACCURACY, Measure.Take.LAST),
                    new Claim.Bounds(OptionalDouble.of(0.99), OptionalDouble.empty())),
                new TreeMap<>(),
                Optional.of(new Expectation.Share(4, 5))));
  }

  @Test
  void every_form_is_read() {
    assertThat(read("{metric=validation.accuracy,reaches=0.99,never=true}").claim())
        .isEqualTo(new Claim.Never(UNDERSTOOD));
    assertThat(read("{metric=validation.accuracy,jump=grokking,sharp=true}").claim())
        .isEqualTo(
            new Claim.Jumps(ACCURACY, Optional.of(JumpKind.GROKKING), Optional.of(true), true));
    assertThat(read("{metric=validation.accuracy,reaches=0.99,along=steps,order=falling}").claim())
        .isEqualTo(new Claim.Ordered(UNDERSTOOD, "steps", Claim.Order.FALLING));
    assertThat(
            read("{metric=validation.accuracy,at={metric=validation.accuracy,reaches=0.99},along=steps,from=5e0,to=7,at-most=-1}")
                .claim())
        .isEqualTo(
            new Claim.Differs(
                new Measure.LevelAt(ACCURACY, UNDERSTOOD),
                "steps",
                "5",
                "7",
                new Claim.Bounds(OptionalDouble.empty(), OptionalDouble.of(-1))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{metric=train.loss,take=min,at-most=1e-7,at-least=-5}",
        "{id=x,title=\"a \\\"b\\\" ${c}\",metric=train.loss,falls-to=0.1,for-steps=9,at-most=50}",
        "{metric=train.loss,at={metric=train.accuracy,reaches=0.99},at-most=2,where={steps=[7,5]}}",
        "{ratio=[{metric=train.loss,falls-to=1},{metric=train.loss,falls-to=2,for-steps=1}],at-least=3}",
        "{metric=train.loss,falls-to=0.5,never=true,in=1 of 3}",
        "{metric=train.loss,falls-to=0.5,along=steps,order=rising}",
        "{metric=train.loss,along=steps,from=5,to=7,at-least=0}",
        "{metric=train.loss,jump=any,present=false}",
        "{metric=train.loss,jump=loss-spike,sharp=false}"
      })
  void what_is_written_reads_back_to_itself(String text) {
    Expectation expectation = read(text);
    assertThat(Expectation.parse(expectation.text())).isEqualTo(expectation);
    assertThat(Expectation.parse(expectation.text()).text()).isEqualTo(expectation.text());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "5",
        "{}",
        "include \"x\"",
        "{metric=${x},at-least=1}",
        "{metric=a,at-least=b}",
        "{metric=a,at-least=1,where={steps=1}}",
        "{metric=a,at-least=1,where={steps=[[1]]}}"
      })
  void a_persisted_text_that_is_no_expectation_is_refused(String text) {
    assertThatThrownBy(() -> Expectation.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void a_share_is_of_as_many_seeds_as_there_are() {
    Expectation.Share share = new Expectation.Share(4, 5);
    assertThat(List.of(share.needed(5), share.needed(1), share.needed(10), share.needed(6)))
        .containsExactly(4, 1, 8, 5);
    assertThatThrownBy(() -> new Expectation.Share(6, 5))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void cells_are_selected_by_all_of_their_axes() {
    Expectation expectation =
        read("{metric=train.loss,at-least=1,where={steps=[7],\"model.width\"=[1,2]}}");
    assertThat(expectation.selects(new TreeMap<>(Map.of("steps", "7", "model.width", "2"))))
        .isTrue();
    assertThat(expectation.selects(new TreeMap<>(Map.of("steps", "5", "model.width", "2"))))
        .isFalse();
    assertThat(expectation.selects(new TreeMap<>(Map.of("steps", "7")))).isFalse();
  }

  private static Expectation read(String text) {
    return with("study={axes={steps=[5,7],\"model.width\"=[1,2]}}", "expect=[" + text + "]")
        .study()
        .orElseThrow()
        .expect()
        .get(0);
  }
}
