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

  @Test
  void an_unknown_name_has_none() {
    assertThat(ShippedSpecs.find("grok")).isEmpty();
    assertThat(ShippedSpecs.find("../specs/grokking")).isEmpty();
  }
}
