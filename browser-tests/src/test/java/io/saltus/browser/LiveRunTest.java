package io.saltus.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs that go on while somebody looks. */
@InBrowser
class LiveRunTest {

  private static final String ENDLESS =
      "{\"spec\":\"grokking\",\"name\":\"%s\",\"set\":{\"steps\":1000000,\"until\":null}}";

  @Test
  void a_run_moves_on_without_a_reload_and_after_one(Visit visit, Served served) {
    served.send("POST", "runs", ENDLESS.formatted("moving"));
    Page page = visit.open("/run/moving");
    Visit.plot(page, "loss");
    long seen = step(page);
    await().atMost(Duration.ofSeconds(60)).until(() -> step(page) > seen);
    page.reload();
    page.locator("main h1").waitFor();
    long again = step(page);
    assertThat(again).isGreaterThanOrEqualTo(seen);
    await().atMost(Duration.ofSeconds(60)).until(() -> step(page) > again);
    served.send("POST", "runs/moving/cancel", "{}");
    assertThat(page.locator(".page-head .status")).containsText("cancelled");
  }

  @Test
  void the_list_of_runs_shows_a_new_run_and_its_steps(Visit visit, Served served) {
    Page page = visit.open("/runs");
    served.send("POST", "runs", ENDLESS.formatted("appearing"));
    Locator row = page.locator("tr", new Page.LocatorOptions().setHasText("appearing"));
    assertThat(row).isVisible();
    assertThat(row.locator(".status")).containsText("running");
    String before = row.locator(".col-step").textContent();
    assertThat(row.locator(".col-step")).not().hasText(before);
    served.send("POST", "runs/appearing/cancel", "{}");
    assertThat(row.locator(".status")).containsText("cancelled");
  }

  @Test
  void a_page_recovers_when_the_server_was_killed_and_tells_nothing_twice(
      Visit visit, @TempDir Path directory) {
    try (Served own = Served.start(directory.resolve("home"))) {
      own.send("POST", "runs", ENDLESS.formatted("endless"));
      own.awaitStep("endless", 200);
      Visit there = visit.of(own);
      Page page = there.open("/run/endless");
      page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("all").setExact(true))
          .click();
      there.expect("net::ERR");
      there.expect("401");
      own.kill();
      assertThat(page.locator(".live")).containsText("no connection");
      own.again();
      assertThat(page.locator(".live")).containsText("live");
      // A server that began anew has another token: the page goes on without one.
      assertThat(page.locator(".notices")).containsText("knows this token no more");
      assertThat(page.locator(".page-head .status")).containsText("interrupted");
      own.send("POST", "runs/endless/resume", "{}");
      assertThat(page.locator(".page-head .status")).containsText("running");
      long resumed = step(page);
      await().atMost(Duration.ofSeconds(90)).until(() -> step(page) > resumed);
      List<String> sequences = page.locator(".events .seq").allTextContents();
      assertThat(sequences).isNotEmpty().doesNotHaveDuplicates();
      assertThat(steps(page)).isSorted().doesNotHaveDuplicates();
    }
  }

  @Test
  void two_pages_of_a_browser_share_one_stream(Visit visit, Served served) {
    served.send("POST", "runs", ENDLESS.formatted("shared"));
    served.awaitStep("shared", 20);
    Page first = visit.open("/runs");
    assertThat(first.locator(".live")).containsText("live");
    int[] streams = {0};
    first
        .context()
        .onRequest(request -> streams[0] += request.url().contains("/api/v1/stream") ? 1 : 0);
    Page second = first.context().newPage();
    second.navigate(served.address() + "#token=" + served.token() + "&/run/shared");
    second.locator("main h1").waitFor();
    long seen = step(second);
    await().atMost(Duration.ofSeconds(60)).until(() -> step(second) > seen);
    // The first page opened its stream anew, with the topic of the second, which has none.
    assertThat(streams[0]).isEqualTo(1);
    first.close();
    long later = step(second);
    await().atMost(Duration.ofSeconds(60)).until(() -> step(second) > later);
    served.send("POST", "runs/shared/cancel", "{}");
  }

  private static long step(Page page) {
    String said = page.locator(".page-head .number").first().textContent();
    return Long.parseLong(said.replaceAll("^step ([0-9,]+).*$", "$1").replace(",", ""));
  }

  /** The steps that the page has of a series, by its table of numbers. */
  private static List<Long> steps(Page page) {
    Locator numbers = Visit.plot(page, "loss").locator("details.numbers");
    numbers.locator("summary").click();
    numbers.locator("tbody tr").first().waitFor();
    return numbers.locator("tbody th").allTextContents().stream()
        .map(text -> Long.parseLong(text.replace(",", "")))
        .toList();
  }
}
