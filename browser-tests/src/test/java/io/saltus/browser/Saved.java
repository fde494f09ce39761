package io.saltus.browser;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;

/** Files of plots, as a page hands them out. */
final class Saved {

  private Saved() {}

  /**
   * Presses a plot's button and takes the file.
   *
   * @param kind SVG, PNG or CSV
   */
  static byte[] bytes(Page page, String title, String kind) {
    Locator plot = Visit.plot(page, title);
    Download download =
        page.waitForDownload(
            () ->
                plot.getByRole(
                        AriaRole.BUTTON,
                        new Locator.GetByRoleOptions().setName(kind).setExact(true))
                    .click());
    try {
      return Files.readAllBytes(download.path());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The same as text. */
  static String text(Page page, String title, String kind) {
    return new String(bytes(page, title, kind), StandardCharsets.UTF_8);
  }
}
