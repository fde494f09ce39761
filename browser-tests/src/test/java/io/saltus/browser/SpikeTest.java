package io.saltus.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One value that stands out, among a million, on the screen. */
@InBrowser
class SpikeTest {

  private static final int STEPS = 1_000_000;
  private static final int SPIKE = 777_777;

  /** Where the blue of the first line is drawn in the upper half of the plot, from its left. */
  private static final String BLUE =
      """
      plot => {
        const canvas = plot.querySelector('canvas');
        const box = canvas.getBoundingClientRect();
        const over = plot.querySelector('.u-over').getBoundingClientRect();
        const ratio = canvas.width / box.width;
        const [left, top] = [(over.left - box.left) * ratio, (over.top - box.top) * ratio];
        const [wide, high] = [over.width * ratio, over.height * ratio / 2];
        const { data } = canvas.getContext('2d').getImageData(left, top, wide, high);
        const found = [];
        const width = Math.floor(wide);
        for (let x = 0; x < width; x++) {
          for (let y = 0; y < Math.floor(high); y++) {
            const at = 4 * (y * Math.floor(wide) + x);
            if (data[at + 3] > 100 && data[at + 2] - data[at] > 60) {
              found.push(x / wide);
              break;
            }
          }
        }
        return found;
      }
      """;

  @Test
  void a_spike_of_one_step_in_a_million_is_on_the_screen_at_every_zoom(
      Visit visit, @TempDir Path directory) throws IOException {
    Path home = directory.resolve("home");
    Served.command(home, "import", "--from", "csv", csv(directory).toString());
    try (Served own = Served.start(home)) {
      Matcher run = Pattern.compile("\"run\":\"([^\"]+)\"").matcher(own.send("GET", "runs", ""));
      assertThat(run.find()).isTrue();
      Visit there = visit.of(own);
      // The server ends before the page.
      there.expect("net::ERR");
      Page page = there.open("/run/" + run.group(1) + "?x=linear");
      for (int[] window :
          List.of(
              new int[] {0, STEPS - 1},
              new int[] {600_000, 900_000},
              new int[] {777_000, 779_000},
              new int[] {777_750, 777_800},
              new int[] {777_770, 777_780})) {
        assertSpike(there, page, run.group(1), "linear", window[0], window[1]);
      }
      assertSpike(there, page, run.group(1), "log", 1, STEPS - 1);
      assertSpike(there, page, run.group(1), "log", 500_000, 900_000);
      there.picture(page, "spike");
    }
  }

  private static Path csv(Path directory) throws IOException {
    Path file = directory.resolve("spike.csv");
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      out.write("step,loss\n");
      for (int step = 0; step < STEPS; step++) {
        out.write(step + "," + (step == SPIKE ? "100" : "0." + step % 10) + "\n");
      }
    }
    return file;
  }

  private static void assertSpike(
      Visit visit, Page page, String run, String axis, int from, int until) {
    visit.go(page, "/run/%s?x=%s&from=%d&until=%d".formatted(run, axis, from, until));
    Locator plot = Visit.plot(page, "loss");
    plot.locator(".grain").waitFor();
    double expected =
        axis.equals("log")
            ? Math.log((double) SPIKE / from) / Math.log((double) until / from)
            : (double) (SPIKE - from) / (until - from);
    double wide =
        ((Number) plot.locator(".u-over").evaluate("over => over.clientWidth")).doubleValue();
    await()
        .untilAsserted(
            () -> {
              List<?> found = (List<?>) plot.evaluate(BLUE);
              assertThat(found).as("%s axis, %d to %d", axis, from, until).isNotEmpty();
              for (Object place : found) {
                // A spike that is one step wide rises from the step before and falls to the one
                // after.
                assertThat(((Number) place).doubleValue())
                    .isCloseTo(expected, within(Math.max(4 / wide, 1.0 / (until - from))));
              }
            });
  }
}
