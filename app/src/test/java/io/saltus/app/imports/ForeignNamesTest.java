package io.saltus.app.imports;

import static org.assertj.core.api.Assertions.assertThat;

import io.saltus.experiment.RunId;
import io.saltus.experiment.metric.MetricName;
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
