package io.saltus.tf.program;

import static org.assertj.core.api.Assertions.assertThat;

import io.saltus.experiment.ShortestDecimal;
import io.saltus.experiment.session.Program;
import io.saltus.experiment.spec.ComponentSchema;
import io.saltus.experiment.spec.ExperimentSpec;
import io.saltus.experiment.spec.Parameter;
import io.saltus.experiment.spec.ShippedSpecs;
import io.saltus.experiment.spec.SpecDigest;
import io.saltus.experiment.spec.SpecReader;
import io.saltus.experiment.spec.SpecReading;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The shipped specs and the guide to specs agree with what the built-in program accepts. */
class SpecGuideTest {

  private static final Path GUIDE = Path.of("..", "docs", "guides", "spec.md");

  private final Program program = new BuiltInProgram();

  @Test
  void every_shipped_spec_is_accepted_and_supported() {
    SpecReader reader = SpecReader.shippedOnly(List.of(program));
    for (String name : ShippedSpecs.names()) {
      assertThat(reader.read(name, List.of()))
          .as(name)
          .isInstanceOfSatisfying(
              SpecReading.Accepted.class,
              accepted -> {
                ExperimentSpec spec = accepted.spec();
                assertThat(program.supports(spec)).isTrue();
                assertThat(spec.experiment()).isEqualTo(name);
              });
    }
  }

  @Test
  void the_guide_has_the_tables_of_all_kinds() {
    assertThat(guide())
        .contains(rows(program.tasks()))
        .contains(rows(program.models()))
        .contains(rows(program.optimizers()));
  }

  @Test
  void the_guide_has_the_digest_of_grokking() {
    SpecReader reader = SpecReader.shippedOnly(List.of(program));
    assertThat(reader.read("grokking", List.of()))
        .isInstanceOfSatisfying(
            SpecReading.Accepted.class,
            accepted ->
                assertThat(guide())
                    .contains(SpecDigest.text(accepted.spec(), reader.schema()))
                    .contains(SpecDigest.of(accepted.spec(), reader.schema()).hex()));
  }

  private static String guide() {
    try {
      return Files.readString(GUIDE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String rows(List<ComponentSchema> kinds) {
    StringBuilder rows = new StringBuilder("|---|---|---|---|\n");
    for (ComponentSchema kind : kinds) {
      for (Parameter parameter : kind.parameters()) {
        rows.append(
            "| `%s` | `%s` | %s | %s |\n"
                .formatted(
                    kind.kind(),
                    parameter.name(),
                    allowed(parameter.allowed()),
                    fallback(parameter)));
      }
    }
    return rows.append('\n').toString();
  }

  private static String allowed(Parameter.Allowed allowed) {
    if (allowed instanceof Parameter.OneOf words) {
      return "`" + String.join("`, `", words.words()) + "`";
    }
    if (allowed instanceof Parameter.WholeIn in) {
      return in.least() + " to " + in.most();
    }
    if (allowed instanceof Parameter.RealIn in) {
      return (in.leastIncluded() ? "from " : "above ")
          + ShortestDecimal.of(in.least())
          + (in.mostIncluded() ? " to " : " and below ")
          + ShortestDecimal.of(in.most());
    }
    if (allowed instanceof Parameter.PointsIn in) {
      return "a list of `[step, number]`, steps from 1 to %d and rising, numbers %s"
          .formatted(in.lastStep(), allowed(in.values()));
    }
    return allowed instanceof Parameter.YesNo ? "`true`, `false`" : "a path of input";
  }

  private static String fallback(Parameter parameter) {
    String text = parameter.fallback().canonical();
    return text.isEmpty() ? "none" : text;
  }
}
