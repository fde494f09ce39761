package io.saltus.bench.eyes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.saltus.bench.eyes.ground.Sizes;
import io.saltus.bench.eyes.page.Browsing;
import io.saltus.bench.ground.Figure;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Every part once, with sizes that say nothing of speed. */
@Timeout(300)
class EyesTest {

  @TempDir Path directory;

  @Test
  void a_server_is_started_and_answers() throws Exception {
    assertThat(played("start"))
        .contains("first answer, an empty home")
        .contains("first answer, 20 finished runs");
  }

  @Test
  void readers_of_the_stream_beside_a_run_that_trains_are_told_everything_once() throws Exception {
    assertThat(played("load"))
        .contains("| events that one of 10 readers was not told")
        .contains("training under that load");
  }

  @Test
  void memory_is_looked_at_while_questions_are_answered() throws Exception {
    assertThat(played("memory")).contains("heap after a collection").contains("resident memory");
  }

  @Test
  @Tag("browser")
  void the_page_of_a_run_is_drawn_zoomed_and_panned() throws Exception {
    requireBrowser();
    assertThat(played("page")).contains("first plot").contains("zoom").contains("panning");
  }

  @Test
  @Tag("browser")
  void a_table_of_runs_is_scrolled_and_filtered() throws Exception {
    requireBrowser();
    assertThat(played("rows")).contains("scrolling").contains("filter");
  }

  @Test
  @Tag("browser")
  void live_runs_are_on_the_screen_up_to_their_last_steps() throws Exception {
    requireBrowser();
    assertThat(played("live"))
        .contains("event durable to its row")
        .contains("| rows that do not show the last step of their run | 0 |");
  }

  private static void requireBrowser() {
    if (!"required".equals(System.getenv("SALTUS_BROWSER_TESTS"))) {
      assumeThat(Browsing.isPossible()).as(Browsing.MISSING).isTrue();
    }
  }

  private String played(String part) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    List<Figure> figures =
        Eyes.play(
            List.of(part),
            directory,
            Sizes.SMALL,
            new PrintStream(out, true, StandardCharsets.UTF_8));
    String table = out.toString(StandardCharsets.UTF_8);
    assertThat(figures)
        .as(table)
        .isNotEmpty()
        .noneMatch(figure -> figure.verdict() == Figure.Verdict.WRONG);
    return table;
  }
}
