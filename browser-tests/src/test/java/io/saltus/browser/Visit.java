package io.saltus.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Somebody with the dashboard open. What the page's console complains of fails the test at its end,
 * what the content security policy refused included.
 */
final class Visit implements AutoCloseable {

  /** Of screenshots, which stay as build output. */
  static final Path PICTURES = Path.of("target", "screenshots");

  private static final int WAIT_MILLIS = 30_000;

  private final Browser browser;
  private final Served served;
  private final String name;
  private final List<BrowserContext> contexts = new ArrayList<>();
  private final List<String> complaints = new CopyOnWriteArrayList<>();
  private final List<String> expected = new CopyOnWriteArrayList<>();
  private final List<Visit> others = new ArrayList<>();

  Visit(Browser browser, Served served, String name) {
    this.browser = browser;
    this.served = served;
    this.name = name;
  }

  /** The same visitor at another server. */
  Visit of(Served other) {
    Visit visit = new Visit(browser, other, name);
    others.add(visit);
    return visit;
  }

  /** A page of a desktop with the token, at a view such as {@code /runs}. */
  Page open(String view) {
    return open(view, 1280, 900, ColorScheme.LIGHT);
  }

  /** A page of a window of some size. */
  Page open(String view, int width, int height, ColorScheme colours) {
    BrowserContext context =
        browser.newContext(
            new Browser.NewContextOptions()
                .setViewportSize(width, height)
                .setColorScheme(colours)
                .setLocale("en-GB")
                .setTimezoneId("UTC"));
    contexts.add(context);
    Page page = context.newPage();
    page.setDefaultTimeout(WAIT_MILLIS);
    page.onPageError(error -> complaints.add(error));
    page.onConsoleMessage(
        message -> {
          if (message.type().equals("error")
              && expected.stream().noneMatch(message.text()::contains)) {
            complaints.add(message.text());
          }
        });
    page.navigate(served.address() + "#token=" + served.token() + "&" + view);
    page.locator("main").waitFor();
    return page;
  }

  /** The browser itself complains of answers that are refusals, and of a server that is away. */
  void expect(String complaint) {
    expected.add(complaint);
  }

  /** Another view in the same page. */
  void go(Page page, String view) {
    page.evaluate("view => { location.hash = '#' + view; }", view);
    page.locator("main h1").first().waitFor();
  }

  /** Keeps a picture of the page. */
  Path picture(Page page, String title) {
    Path file = PICTURES.resolve(title + ".png");
    page.screenshot(new Page.ScreenshotOptions().setPath(file).setFullPage(true));
    return file;
  }

  /** The first plot once it is drawn. */
  static Locator plot(Page page, String title) {
    Locator plot =
        page.locator("figure.plot")
            .filter(new Locator.FilterOptions().setHas(heading(page, title)));
    plot.scrollIntoViewIfNeeded();
    plot.locator("canvas").waitFor();
    return plot;
  }

  private static Locator heading(Page page, String title) {
    return page.getByRole(
        AriaRole.HEADING, new Page.GetByRoleOptions().setName(title).setExact(true));
  }

  @Override
  public void close() {
    others.forEach(Visit::close);
    contexts.forEach(BrowserContext::close);
    assertThat(complaints).as("what the console said in: %s", name).isEmpty();
  }
}
