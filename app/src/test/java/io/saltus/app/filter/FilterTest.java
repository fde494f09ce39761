package io.saltus.app.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FilterTest {

  private static final Map<String, String> RUN =
      Map.of(
          "status", "completed",
          "seed", "9007199254740993",
          "run", "grokking-20261123-7k3f",
          "loss", "0.9",
          "tiny", "1e-9",
          "nan", "NaN",
          "huge", "Infinity",
          "tag.version", "1.10",
          "note", "first (of two) AND last");

  private static boolean matches(String filter) {
    return Filter.parse(filter).matches(key -> Optional.ofNullable(RUN.get(key)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "status:completed",
        "status=completed",
        "status != failed",
        "seed=9007199254740993",
        "seed>9007199254740992",
        "loss>=0.9",
        "loss<=0.90",
        "loss=9e-1",
        "tiny<1.1e-9",
        "huge>1e300",
        "huge=Infinity",
        "nan:NaN",
        "run:grokking-*",
        "run:*-7k3f",
        "run:*2026*7k*",
        "run:*",
        "status:completed seed>1",
        "status:completed AND seed>1",
        "status:failed OR seed>1",
        "NOT status:failed",
        "NOT NOT status:completed",
        "NOT (status:failed OR seed<1)",
        "status:completed OR status:failed AND seed<1",
        "none!=x",
        "NOT none=x",
        "tag.version=1.1",
        "\"status\":'completed'",
        "note:\"first (of two) AND last\"",
        "note:'first \\(of two) AND last'",
      })
  void these_mean_the_run(String filter) {
    assertThat(matches(filter)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "status:complete",
        "status:Completed",
        "seed=9007199254740992",
        "seed>9007199254740993",
        "loss>0.9",
        "loss<0.9",
        "nan>0",
        "nan<=0",
        "none=x",
        "none:*",
        "none>0",
        "run:\"grokking-*\"",
        "run:*-20261123-7k3f-*",
        "run:grokking-20261123-7k3f*7k3f",
        "tag.version=\"1.1\"",
        "(status:completed OR status:failed) AND seed<1",
        "status:completed NOT seed>1",
      })
  void these_do_not(String filter) {
    assertThat(matches(filter)).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`` | 1 | found the end and expected a term such as status:completed",
        "status | 7 | found the end and expected one of : = != < <= > >= after 'status'",
        "status: | 8 | found the end and expected a value for 'status'",
        "step=>5 | 6 | found '>5' and expected a value for 'step'",
        "step ! 5 | 6 | found '!' and expected '!='",
        "step>many | 6 | found 'many' and expected a number to compare 'step' with",
        "status: AND seed:1 | 9 | found 'AND' and expected a value for 'status'",
        "AND seed:1 | 1 | found 'AND' and expected a term such as status:completed",
        "seed:1 OR | 10 | found the end and expected a term such as status:completed",
        "(seed:1 | 8 | found the end and expected ')' for the '(' in column 1",
        "seed:1) | 7 | found ')' and expected the end: no '(' is open",
        "seed:1 >2 | 8 | found '>' and expected AND or OR",
        "note:\"x | 6 | the quote is never closed",
        "() | 2 | found ')' and expected a term such as status:completed",
      })
  void what_is_no_filter_is_said_with_its_column(String text, int column, String what) {
    assertThatThrownBy(() -> Filter.parse(text))
        .isInstanceOfSatisfying(
            FilterException.class,
            failure -> {
              assertThat(failure.column()).isEqualTo(column);
              assertThat(failure).hasMessage(what);
            });
  }

  @Test
  void depth_and_length_are_bounded_and_many_terms_are_not_deep() {
    assertThatThrownBy(() -> Filter.parse("(".repeat(5_000))).hasMessageContaining("100 deep");
    assertThatThrownBy(() -> Filter.parse("NOT ".repeat(2_000))).hasMessageContaining("100 deep");
    assertThatThrownBy(() -> Filter.parse("a".repeat(10_001))).hasMessageContaining("10,000");
    assertThat(matches("seed>1 ".repeat(1_400))).isTrue();
    assertThat(matches("run:" + "*k".repeat(4_000))).isFalse();
  }

  @Test
  void numbers_come_before_other_texts_in_either_direction() {
    List<String> texts = List.of("b", "10", "NaN", "9", "-Infinity", "1e3");

    assertThat(texts.stream().sorted(FieldOrder.natural()))
        .containsExactly("-Infinity", "9", "10", "1e3", "NaN", "b");
    assertThat(texts.stream().sorted(FieldOrder.reversed()))
        .containsExactly("1e3", "10", "9", "-Infinity", "b", "NaN");
  }
}
