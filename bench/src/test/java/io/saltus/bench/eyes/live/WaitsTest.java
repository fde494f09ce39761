package io.saltus.bench.eyes.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.saltus.bench.eyes.page.Visitor.Shown;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WaitsTest {

  @TempDir Path directory;
  private Durable durable;

  @BeforeEach
  void write() throws Exception {
    Path file = directory.resolve("times");
    Files.writeString(file, "a 0 1000\na 1 1100\na 2 1200\na 3 1300\nb 5 1250\n");
    durable = Durable.read(file);
  }

  @Test
  void an_event_waits_until_it_or_a_newer_one_is_shown() {
    Waits waits =
        Waits.of(
            durable,
            List.of(new Shown("a", 0, 1005), new Shown("a", 2, 1230), new Shown("a", 3, 1310)));
    assertThat(waits.count()).isEqualTo(3);
    assertThat(waits.quantile(0)).isEqualTo(10);
    assertThat(waits.quantile(0.5)).isEqualTo(30);
    assertThat(waits.quantile(1)).isEqualTo(130);
    assertThat(waits.medianOfPart(0, 3)).isEqualTo(130);
    assertThat(waits.medianOfPart(2, 3)).isEqualTo(10);
  }

  @Test
  void a_page_that_shows_one_step_only_is_no_measurement() {
    assertThatThrownBy(() -> Waits.of(durable, List.of(new Shown("a", 0, 1005))))
        .isInstanceOf(IllegalStateException.class);
  }
}
