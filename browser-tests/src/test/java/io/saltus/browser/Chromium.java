package io.saltus.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/** The browser: Debian's, started once for all tests. */
final class Chromium implements ExecutionCondition {

  private static final Namespace NAMESPACE = Namespace.create(Chromium.class);
  private static final String MISSING =
      "no Chromium or Node.js here: the dashboard is not tried in a browser"
          + " (Debian, Ubuntu: apt-get install chromium nodejs)";
  private static final int WAIT_MILLIS = 30_000;
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

  /** Public in a package-private class: JUnit makes it. */
  public Chromium() {}

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    if (program("chromium").isPresent() && program("node").isPresent()) {
      return ConditionEvaluationResult.enabled("there is a browser");
    }
    if ("required".equals(System.getenv("SALTUS_BROWSER_TESTS"))) {
      throw new IllegalStateException(MISSING);
    }
    return ConditionEvaluationResult.disabled(MISSING);
  }

  /** The one of this process. */
  static Browser of(ExtensionContext context) {
    return context
        .getRoot()
        .getStore(NAMESPACE)
        .getOrComputeIfAbsent("browser", key -> new Started(), Started.class)
        .browser;
  }

  private static Optional<Path> program(String name) {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(":", -1))
        .filter(folder -> !folder.isEmpty())
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable)
        .findFirst();
  }

  private static final class Started implements AutoCloseable {
    private final Playwright playwright;
    private final Browser browser;

    Started() {
      PlaywrightAssertions.setDefaultAssertionTimeout(WAIT_MILLIS);
      playwright =
          Playwright.create(
              new Playwright.CreateOptions()
                  .setEnv(
                      Map.of(
                          "PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD",
                          "1",
                          "PLAYWRIGHT_NODEJS_PATH",
                          program("node").orElseThrow().toString())));
      browser =
          playwright
              .chromium()
              .launch(
                  new BrowserType.LaunchOptions()
                      .setExecutablePath(program("chromium").orElseThrow())
                      .setArgs(FLAGS));
    }

    @Override
    public void close() {
      browser.close();
      playwright.close();
    }
  }
}
