package io.saltus.bench.eyes.page;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.BoundingBox;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Somebody with the dashboard open, whose page says what it drew when. */
public final class Visitor implements AutoCloseable {

  private static final int WAIT_MILLIS = 120_000;
  private static final int WIDTH = 1280;
  private static final int HEIGHT = 900;

  private final BrowserContext context;
  private final Page page;

  Visitor(Browser browser, String script) {
    context =
        browser.newContext(
            new Browser.NewContextOptions()
                .setViewportSize(WIDTH, HEIGHT)
                .setLocale("en-GB")
                .setTimezoneId("UTC"));
    context.addInitScript(script);
    page = context.newPage();
    page.setDefaultTimeout(WAIT_MILLIS);
  }

  /** The page. */
  public Page page() {
    return page;
  }

  /** Opens a view, from the first byte. */
  public void open(String url, String view) {
    page.navigate(url + "#" + view);
  }

  /**
   * The first line of a plot on the screen, milliseconds.
   *
   * @param sinceNavigation from when the page was asked for
   * @param sinceAsked from when its series were
   */
  public record FirstPlot(double sinceNavigation, double sinceAsked) {}

  /** Waits for it. */
  public FirstPlot firstPlot() {
    Map<?, ?> times = (Map<?, ?>) page.evaluate("saltusSeen.plotted()");
    return new FirstPlot(of(times, "sinceNavigation"), of(times, "sinceAsked"));
  }

  /** Of a number that an expression gives. */
  public double number(String expression) {
    return ((Number) page.evaluate(expression)).doubleValue();
  }

  /**
   * Frames while something was done.
   *
   * @param perSecond that the browser made
   * @param drawnPerSecond in which lines of plots were drawn
   * @param longest time between two, milliseconds
   * @param tasks of the page longer than 50 ms
   */
  public record Frames(double perSecond, double drawnPerSecond, double longest, long tasks) {}

  /** Watches frames while something is done. */
  public Frames framesDuring(Runnable done) {
    page.evaluate("saltusSeen.watch()");
    done.run();
    Map<?, ?> seen = (Map<?, ?>) page.evaluate("saltusSeen.stop()");
    return new Frames(
        of(seen, "perSecond"),
        of(seen, "drawnPerSecond"),
        of(seen, "longest"),
        (long) of(seen, "tasks"));
  }

  private static double of(Map<?, ?> seen, String key) {
    return seen.get(key) instanceof Number number ? number.doubleValue() : Double.NaN;
  }

  /** Takes the first plot to and fro by the mouse, for some seconds. */
  public void pan(int seconds) {
    BoundingBox box = plot();
    double middle = box.x + box.width / 2;
    double y = box.y + box.height / 2;
    page.keyboard().down("Shift");
    page.mouse().move(middle, y);
    page.mouse().down();
    long begin = System.nanoTime();
    double time = 0;
    while (time < seconds) {
      time = (System.nanoTime() - begin) / 1e9;
      page.mouse().move(middle + box.width / 3 * Math.sin(2 * Math.PI * time / 2), y);
    }
    page.mouse().up();
    page.keyboard().up("Shift");
  }

  private void zoom(double from, double until) {
    BoundingBox box = plot();
    double y = box.y + box.height / 2;
    page.mouse().move(box.x + box.width * from, y);
    page.mouse().down();
    page.mouse().move(box.x + box.width * (from + until) / 2, y);
    page.mouse().move(box.x + box.width * until, y);
    page.mouse().up();
  }

  /** Zooms it out. */
  public void zoomOut() {
    page.locator("figure.plot .u-over").first().dblclick();
  }

  private BoundingBox plot() {
    Locator over = page.locator("figure.plot .u-over").first();
    over.scrollIntoViewIfNeeded();
    return over.boundingBox();
  }

  /**
   * A zoom, milliseconds.
   *
   * @param fromAsked from when the finer series were asked for until they were drawn
   * @param fromReleased from when the mouse was released
   */
  public record Zoom(double fromAsked, double fromReleased) {}

  /** Zooms in and waits until what was asked for is drawn. */
  public Zoom timedZoom(double from, double until) {
    page.evaluate("saltusSeen.beforeZoom()");
    zoom(from, until);
    Map<?, ?> times = (Map<?, ?>) page.evaluate("saltusSeen.zoomed()");
    return new Zoom(of(times, "asked"), of(times, "released"));
  }

  /**
   * That a page said that a run is at a step.
   *
   * @param millis since 1970, by the clock of this machine
   */
  public record Shown(String run, long step, double millis) {}

  /** Begins to note what the page says of steps. */
  public void follow() {
    page.evaluate("() => { saltusSeen.tasks = []; saltusSeen.follow(); }");
  }

  /** What was noted since. */
  public List<Shown> shown() {
    List<Shown> all = new ArrayList<>();
    for (Object each : (List<?>) page.evaluate("saltusSeen.shown")) {
      List<?> one = (List<?>) each;
      all.add(
          new Shown(
              String.valueOf(one.get(0)),
              ((Number) one.get(1)).longValue(),
              ((Number) one.get(2)).doubleValue()));
    }
    return all;
  }

  @Override
  public void close() {
    context.close();
  }
}
