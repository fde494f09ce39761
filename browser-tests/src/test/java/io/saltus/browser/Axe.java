package io.saltus.browser;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Deque's axe, run inside a page as it stands: the content security policy stays in force. */
final class Axe {

  private static final String RUN =
      """
      async () => (await axe.run()).violations.flatMap((rule) =>
        rule.nodes.map((node) => rule.id + ' at ' + node.target + ': ' + node.failureSummary))
      """;

  private Axe() {}

  /** What it finds, a line for each element. */
  @SuppressWarnings("unchecked")
  static List<String> violations(Page page) {
    page.evaluate(script());
    return (List<String>) page.evaluate(RUN);
  }

  private static String script() {
    try (InputStream script = Axe.class.getResourceAsStream("/axe.min.js")) {
      return new String(script.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
