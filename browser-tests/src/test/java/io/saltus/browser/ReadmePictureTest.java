package io.saltus.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Makes the picture in the README, of a run as the README has it run. */
@InBrowser
@EnabledIfSystemProperty(named = "saltus.picture.write", matches = "true")
class ReadmePictureTest {

  private static final Path PICTURE = Path.of("..", "docs", "images", "dashboard.png");

  /** A README should not weigh more than what it describes. */
  private static final int MOST_BYTES = 150_000;

  @Test
  void the_picture_in_the_readme_shows_a_run_that_grokked(Visit visit, Served served)
      throws IOException {
    served.send("POST", "runs", "{\"spec\":\"grokking\",\"name\":\"grokking\"}");
    served.awaitStatus("grokking", "completed");
    Page page = visit.open("/run/grokking", 1280, 780, ColorScheme.LIGHT);
    Visit.plot(page, "loss");
    page.evaluate("scrollTo(0, 0)");
    // The analysis of the whole comes a moment after the end.
    assertThat(page.locator("#jumps")).containsText("grokking");
    Files.createDirectories(PICTURE.getParent());
    page.screenshot(new Page.ScreenshotOptions().setPath(PICTURE));
    assertThat(Files.size(PICTURE)).isLessThanOrEqualTo(MOST_BYTES);
  }
}
