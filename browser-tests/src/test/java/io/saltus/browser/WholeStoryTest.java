package io.saltus.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.BoundingBox;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** That a page shows all that the journal has of a run, and says how finely. */
@InBrowser
class WholeStoryTest {

  private static final Pattern LINE = Pattern.compile("<path d=\"(M[^\"]*L[^\"]*)\"[^>]*linejoin");

  @Test
  void nothing_that_is_told_while_the_series_are_on_their_way_is_missing(Visit visit, Served served)
      throws Exception {
    Page page = visit.open("/runs");
    CountDownLatch late = new CountDownLatch(1);
    page.route(
        Pattern.compile("/api/v1/runs/whole/metrics"),
        route -> {
          // Answered by what was there when it was asked for, and known to the page only later.
          var answer = route.fetch();
          served.awaitStep("whole", 600);
          late.countDown();
          route.fulfill(new Route.FulfillOptions().setResponse(answer));
        });
    served.send(
        "POST",
        "runs",
        "{\"spec\":\"grokking\",\"name\":\"whole\",\"set\":{\"steps\":900,\"until\":null}}");
    served.awaitStep("whole", 100);
    visit.go(page, "/run/whole");
    Visit.plot(page, "loss");
    assertThat(late.await(1, TimeUnit.MINUTES)).isTrue();
    served.awaitStatus("whole", "completed");
    assertThat(page.locator(".page-head .status")).containsText("completed");
    assertThat(page.locator(".page-head .number").first()).containsText("step 900 of 900");
    String svg = Saved.text(page, "loss", "SVG");
    List<String> rows = Saved.text(page, "loss", "CSV").lines().toList();
    List<String> names = List.of(rows.get(0).split(",", -1));
    List<Integer> drawn = vertices(svg);
    List<String> legend = Visit.plot(page, "loss").locator(".legend button").allTextContents();
    assertThat(drawn).hasSameSizeAs(legend);
    for (int line = 0; line < drawn.size(); line++) {
      int column = names.indexOf(legend.get(line));
      long recorded =
          rows.stream().skip(1).filter(row -> !row.split(",", -1)[column].isEmpty()).count();
      assertThat(drawn.get(line)).as(legend.get(line)).isEqualTo((int) recorded);
    }
  }

  private static List<Integer> vertices(String svg) {
    Matcher lines = LINE.matcher(svg);
    return lines
        .results()
        .map(line -> (int) line.group(1).chars().filter(sign -> sign == 'M' || sign == 'L').count())
        .toList();
  }

  @Test
  void a_page_says_how_many_values_it_draws_and_draws_every_one_of_a_closer_window(Visit visit) {
    Page page = visit.open("/run/first?x=linear");
    Locator grain = Visit.plot(page, "weight-norm").locator(".grain");
    assertThat(grain).hasText(Pattern.compile("^[12],\\d{3} of 3,000 values$"));
    visit.go(page, "/run/first?x=linear&from=1000&until=1200");
    assertThat(Visit.plot(page, "weight-norm").locator(".grain")).hasText("every value");
  }

  @Test
  void steps_that_an_overview_left_out_are_shown_exactly_when_the_page_goes_back_to_them(
      Visit visit) {
    for (int step : new int[] {1_236, 1_237, 1_238, 1_239}) {
      Page page = visit.open("/run/first?at=" + step);
      Locator numbers = Visit.plot(page, "loss").locator("details.numbers");
      numbers.locator("summary").click();
      assertThat(numbers.locator("tbody tr").last().locator("th")).hasText("%,d".formatted(step));
      page.close();
    }
  }

  @Test
  void a_jump_says_what_speaks_for_it_where_the_pointer_is(Visit visit) {
    Page page = visit.open("/run/first");
    BoundingBox box = Visit.plot(page, "accuracy").locator(".u-over").boundingBox();
    Locator hover = page.locator(".hover-band").first();
    for (int place = 1; place < 60 && hover.count() == 0; place++) {
      page.mouse().move(box.x + box.width * place / 60, box.y + box.height / 2);
      page.evaluate("() => new Promise(requestAnimationFrame)");
      page.evaluate("() => new Promise(requestAnimationFrame)");
    }
    assertThat(hover).containsText("accuracy");
    assertThat(hover).containsText("→");
    assertThat(hover.locator(".evidence")).not().isEmpty();
    visit.picture(page, "hover");
  }

  @Test
  void a_killed_run_shows_its_attempts_its_checkpoints_and_its_fork(
      Visit visit, @TempDir Path directory) {
    try (Served own = Served.start(directory.resolve("home"))) {
      own.send(
          "POST",
          "runs",
          "{\"spec\":\"grokking\",\"name\":\"twice\",\"set\":{\"steps\":800,\"until\":null}}");
      own.awaitStep("twice", 200);
      own.kill();
      own.again();
      own.send("POST", "runs/twice/resume", "{}");
      own.awaitStatus("twice", "completed");
      own.send("POST", "runs/twice/fork", "{\"step\":400,\"name\":\"aside\",\"steps\":450}");
      own.awaitStatus("aside", "completed");
      Page page = visit.of(own).open("/run/twice?x=linear");
      Locator strip = page.locator(".strip");
      assertThat(strip.locator("summary").first())
          .hasText(Pattern.compile("2 attempts, \\d+ checkpoints saved, 0 rewinds, 1 forks"));
      assertThat(strip.locator("svg .attempt")).hasCount(2);
      assertThat(strip.locator("svg .attempt.bad")).hasCount(1);
      assertThat(strip.locator("svg .checkpoint").first()).isAttached();
      assertThat(strip.locator("svg .sign")).hasText("↗");
      List<String> marks =
          Stream.of(Saved.text(page, "loss", "SVG").split("<text", -1))
              .map(text -> text.replaceAll("(?s)^[^>]*>([^<]*)<.*$", "$1").strip())
              .toList();
      assertThat(marks).anyMatch(mark -> mark.startsWith("▸2"));
      assertThat(marks).anyMatch(mark -> mark.startsWith("✕"));
      assertThat(marks).anyMatch(mark -> mark.startsWith("↗"));
      visit.picture(page, "killed-and-forked");
      // As it was before the fork: nobody knew of it then.
      visit.go(page, "/run/twice?x=linear&event=4");
      assertThat(strip.locator("summary").first()).containsText("0 forks");
      assertThat(page.locator("main")).containsText("exact");
    }
  }

  @Test
  void values_are_shown_logarithmically_a_line_is_hidden_and_the_window_moves(Visit visit) {
    Page page = visit.open("/run/first?x=linear&from=1000&until=2000");
    Locator plot = Visit.plot(page, "loss");
    plot.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("log").setExact(true))
        .click();
    assertThat(page).hasURL(Pattern.compile("log=loss"));
    plot.locator(".legend button").first().click();
    assertThat(page).hasURL(Pattern.compile("hide="));
    assertThat(plot.locator(".legend button").first()).hasAttribute("aria-pressed", "false");
    BoundingBox box = plot.locator(".u-over").boundingBox();
    page.keyboard().down("Shift");
    page.mouse().move(box.x + box.width / 2, box.y + 50);
    page.mouse().down();
    page.mouse().move(box.x + box.width / 4, box.y + 50);
    page.mouse().up();
    page.keyboard().up("Shift");
    assertThat(page.locator(".charts-tools")).containsText("steps 1,2");
    assertThat(page).hasURL(Pattern.compile("from=12\\d\\d"));
  }

  @Test
  void a_hand_that_drags_the_slider_writes_few_addresses_and_the_last_one(Visit visit) {
    Page page = visit.open("/run/first");
    Locator slider = page.getByRole(AriaRole.SLIDER);
    slider.waitFor();
    Object written =
        page.evaluate(
            """
            async () => {
              let written = 0;
              const replace = history.replaceState.bind(history);
              history.replaceState = (...all) => { written++; replace(...all); };
              const slider = document.querySelector('.time-bar input[type=range]');
              for (let step = 1; step <= 400; step++) {
                slider.value = 2 * step;
                slider.dispatchEvent(new Event('input', { bubbles: true }));
                await new Promise(requestAnimationFrame);
              }
              return written;
            }
            """);
    assertThat(((Number) written).intValue()).isLessThan(150);
    assertThat(page.locator(".time-words")).hasText("after step 800");
    assertThat(page).hasURL(Pattern.compile("at=800"));
  }

  @Test
  void pages_that_want_more_than_one_stream_takes_are_live_all_the_same(
      Visit visit, Served served) {
    visit.expect("404");
    visit.expect("400");
    Page first = visit.open("/compare?" + runs("left"));
    assertThat(first.locator(".live")).containsText("live");
    Page second = first.context().newPage();
    second.navigate(served.address() + "#token=" + served.token() + "&/compare?" + runs("right"));
    assertThat(second.locator("main h1")).containsText("40 runs");
    assertThat(second.locator(".live")).containsText("live");
    assertThat(first.locator(".live")).containsText("live");
  }

  private static String runs(String side) {
    return Stream.iterate(1, number -> number + 1)
        .limit(40)
        .map(number -> "run=" + side + "-" + number)
        .reduce((one, other) -> one + "&" + other)
        .orElseThrow();
  }
}
