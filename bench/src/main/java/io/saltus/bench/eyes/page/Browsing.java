package io.saltus.bench.eyes.page;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Debian's Chromium without a window, driven over Debian's Node.js. */
public final class Browsing implements AutoCloseable {

  /** What to say where there is none. */
  public static final String MISSING =
      "no Chromium or Node.js here (Debian, Ubuntu: apt-get install chromium nodejs)";

  private static final List<String> FLAGS =
      List.of(
          "--headless",
          "--no-sandbox",
          "--disable-gpu",
          "--disable-quic",
          "--no-first-run",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-sync");

  private final Playwright playwright;
  private final Browser browser;
  private final String script;

  private Browsing(Playwright playwright, Browser browser, String script) {
    this.playwright = playwright;
    this.browser = browser;
    this.script = script;
  }

  /** Whether it can be started. */
  public static boolean isPossible() {
    return program("chromium").isPresent() && program("node").isPresent();
  }

  /** Starts it. */
  public static Browsing start() throws IOException {
    if (!isPossible()) {
      throw new IllegalStateException(MISSING);
    }
    String script;
    try (InputStream in = Browsing.class.getResourceAsStream("/io/saltus/bench/eyes/seen.js")) {
      if (in == null) {
        throw new IllegalStateException("seen.js is missing");
      }
      script = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
    Playwright playwright =
        Playwright.create(
            new Playwright.CreateOptions()
                .setEnv(
                    Map.of(
                        "PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD",
                        "1",
                        "PLAYWRIGHT_NODEJS_PATH",
                        program("node").orElseThrow().toString())));
    Browser browser =
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(program("chromium").orElseThrow())
                    .setArgs(FLAGS));
    return new Browsing(playwright, browser, script);
  }

  private static Optional<Path> program(String name) {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(":", -1))
        .filter(folder -> !folder.isEmpty())
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** Somebody with an empty cache. */
  public Visitor visitor() {
    return new Visitor(browser, script);
  }

  @Override
  public void close() {
    browser.close();
    playwright.close();
  }
}
