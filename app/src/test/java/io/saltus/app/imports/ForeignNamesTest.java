package io.saltus.app.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.saltus.experiment.RunId;
import io.saltus.experiment.metric.MetricName;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** Whatever others call things, ours have names of ours. */
class ForeignNamesTest {

  private static String metric(String theirs) {
    return new ForeignNames().metric(theirs).value();
  }

  @Test
  void parts_and_case_are_brought_into_our_form() {
    assertThat(metric("Loss/train")).isEqualTo("loss.train");
    assertThat(metric("val accuracy (%)")).isEqualTo("val-accuracy");
    assertThat(metric("0_count")).isEqualTo("metric-0_count");
    assertThat(metric("../../etc/passwd")).isEqualTo("metric-......etc.passwd");
    assertThat(metric("</script><b>")).isEqualTo("metric--.script-b");
    assertThat(metric("\u202eevil\u001b[31m")).isEqualTo("metric--evil-31m");
  }

  @Test
  void two_of_theirs_never_become_one_of_ours() {
    ForeignNames names = new ForeignNames();
    assertThat(names.metric("a b").value()).isEqualTo("a-b");
    assertThat(names.metric("a-b").value()).isEqualTo("a-b-2");
    assertThat(names.metric("A/B").value()).isEqualTo("a.b");
    assertThat(names.metric("a b").value()).isEqualTo("a-b");
  }

  @Test
  void many_names_that_become_the_same_are_numbered_in_the_time_that_they_take_to_read() {
    assertTimeoutPreemptively(
        Duration.ofSeconds(20),
        () -> {
          ForeignNames names = new ForeignNames();
          Set<MetricName> ours = new HashSet<>();
          for (int each = 0; each < 100_000; each++) {
            // Characters that our names do not have, all of which become one "-".
            ours.add(
                names.metric(
                    "loss" + Integer.toString(each, 2).replace('0', '(').replace('1', ')') + "x"));
          }
          assertThat(ours).hasSize(100_000);
          assertThat(names.metric(".".repeat(4 << 20) + "x").value()).startsWith("metric-");
        });
  }

  @Test
  void a_text_is_not_cut_in_the_middle_of_a_character() {
    assertThat(ForeignNames.words("x".repeat(199) + "\ud83d\ude00")).isEqualTo("x".repeat(199));
    assertThat(ForeignNames.words("x".repeat(198) + "\ud83d\ude00y"))
        .isEqualTo("x".repeat(198) + "\ud83d\ude00");
  }

  @Property(seed = "1")
  void any_texts_become_distinct_valid_names(@ForAll @Size(max = 20) Set<String> theirs) {
    ForeignNames names = new ForeignNames();
    Set<MetricName> ours = new HashSet<>();
    theirs.forEach(each -> ours.add(names.metric(each)));
    assertThat(ours).hasSameSizeAs(theirs);
  }

  @Property(seed = "2")
  void any_text_becomes_the_name_of_an_experiment(@ForAll String theirs) {
    assertThat(RunId.isValid(ForeignNames.experiment(theirs))).isTrue();
  }
}
