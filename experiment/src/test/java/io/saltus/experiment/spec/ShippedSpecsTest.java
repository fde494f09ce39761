package io.saltus.experiment.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShippedSpecsTest {

  @Test
  void every_file_is_listed_and_every_name_has_a_file() throws IOException, URISyntaxException {
    Path folder =
        Path.of(
                Objects.requireNonNull(
                        ShippedSpecs.class.getResource("/io/saltus/specs/grokking.conf"))
                    .toURI())
            .getParent();
    try (Stream<Path> files = Files.list(folder)) {
      List<String> names =
          files
              .map(file -> file.getFileName().toString().replaceFirst("\\.conf$", ""))
              .sorted()
              .toList();
      assertThat(ShippedSpecs.names()).isEqualTo(names);
    }
  }

  @Test
  void each_has_a_title_and_comments() {
    assertThat(ShippedSpecs.all())
        .hasSameSizeAs(ShippedSpecs.names())
        .allSatisfy(
            spec -> {
              assertThat(spec.title()).isNotBlank().hasSizeLessThan(70);
              assertThat(spec.text()).startsWith("# ").endsWith("\n");
            });
  }

  @ParameterizedTest
  @CsvSource({
    "grokking-operations, 20, 4",
    "grokking-train-fraction, 30, 6",
    "grokking-weight-decay, 30, 5"
  })
  void the_studies_have_their_runs_and_expectations(String name, int runs, int expectations) {
    ExperimentSpec spec = SampleSpecs.accepted(name);
    StudyPlan plan = StudyPlan.of(spec, SampleSpecs.SCHEMA);
    assertThat(plan.runs()).isEqualTo(runs);
    assertThat(plan.planned().map(PlannedRun::digest).distinct()).hasSize(runs);
    assertThat(spec.study().orElseThrow().expect())
        .hasSize(expectations)
        .allSatisfy(
            expectation ->
                assertThat(plan.axes().filter(expectation::selects))
                    .as(expectation.id())
                    .isNotEmpty());
  }

  @Test
  void an_unknown_name_has_none() {
    assertThat(ShippedSpecs.find("grok")).isEmpty();
    assertThat(ShippedSpecs.find("../specs/grokking")).isEmpty();
  }
}
