package io.saltus.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

/** What a page costs, and what its modules promise. */
@InBrowser
class PageWeightTest {

  private static final int MOST_BYTES = 150_000;

  @Test
  void all_of_the_dashboard_weighs_at_most_150_kilobytes_compressed(Visit visit, Served served) {
    Map<String, Integer> sizes = new ConcurrentHashMap<>();
    // A reload would be answered with 304, which weighs nothing: nothing may be known yet.
    Browser browser = visit.open("/runs").context().browser();
    try (BrowserContext context = browser.newContext()) {
      Page page = context.newPage();
      page.onResponse(response -> weigh(response, sizes));
      page.navigate(served.address() + "#/runs");
      page.locator("tbody tr").first().waitFor();
      visit.go(page, "/run/first");
      Visit.plot(page, "accuracy");
    }
    assertThat(sizes.keySet()).anyMatch(url -> url.endsWith("/lib/uPlot.esm.js"));
    assertThat(sizes.values().stream().mapToInt(Integer::intValue).sum())
        .as("bytes of %s", sizes)
        .isLessThanOrEqualTo(MOST_BYTES);
  }

  private static void weigh(Response response, Map<String, Integer> sizes) {
    if (!response.url().contains("/api/")) {
      sizes.put(response.url(), response.request().sizes().responseBodySize);
    }
  }

  @Test
  void a_spike_of_one_step_in_a_million_is_kept_at_every_width(Visit visit) {
    Page page = visit.open("/runs");
    Object kept =
        page.evaluate(
            """
            async () => {
              const { thin } = await import('/app/series.js');
              const steps = Float64Array.from({ length: 1e6 }, (_, place) => place);
              const values = new Float64Array(1e6);
              values[777777] = -5;
              values[777778] = 9;
              return [8, 100, 2000, 50000].every((points) => {
                const few = thin(steps, values, points);
                return few.steps.length <= points && few.values.includes(-5) && few.values.includes(9)
                  && few.steps[0] === 0 && few.steps.at(-1) === 999999;
              });
            }
            """);
    assertThat(kept).isEqualTo(true);
  }

  @Test
  void events_are_cut_out_of_bytes_that_come_in_any_pieces(Visit visit) {
    Page page = visit.open("/runs");
    Object told =
        page.evaluate(
            """
            async () => {
              const { EventCutter } = await import('/app/stream.js');
              const cutter = new EventCutter();
              const bytes = new TextEncoder().encode(
                ': beat\\n\\nevent: event\\nid: 5\\ndata: {"a":"ü"}\\n\\nevent: x\\r\\ndata: 1\\r\\n\\r\\n');
              const told = [];
              for (const each of bytes) told.push(...cutter.cut(Uint8Array.of(each)));
              return JSON.stringify(told);
            }
            """);
    assertThat(told)
        .isEqualTo(
            "[{\"event\":\"event\",\"id\":5,\"data\":\"{\\\"a\\\":\\\"ü\\\"}\"},"
                + "{\"event\":\"x\",\"id\":null,\"data\":\"1\"}]");
  }
}
