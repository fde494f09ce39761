package io.saltus.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The page of a run as it was. */
@InBrowser
class TimeTravelTest {

  @Test
  void the_whole_page_shows_a_run_as_it_was_after_a_step(Visit visit) {
    Page page = visit.open("/run/first?at=300");
    assertThat(page.locator(".time-words")).hasText("after step 300");
    assertThat(page.locator(".page-head .number").first())
        .hasText(Pattern.compile("step 300 of 3,000"));
    assertThat(page.locator(".page-head .status")).containsText("running");
    // The analysis came after the end: then nobody knew of jumps.
    assertThat(page.locator("#jumps tbody tr")).hasCount(0);
    Locator numbers = Visit.plot(page, "loss").locator("details.numbers");
    numbers.locator("summary").click();
    assertThat(numbers.locator("tbody tr").last().locator("th")).hasText("300");
    visit.picture(page, "time-travel");
  }

  @Test
  void a_step_by_keyboard_changes_page_and_address_and_the_end_is_now(Visit visit) {
    Page page = visit.open("/run/first?at=300");
    Locator slider = page.getByRole(AriaRole.SLIDER);
    slider.focus();
    page.keyboard().press("ArrowLeft");
    assertThat(page.locator(".time-words")).hasText("after step 299");
    assertThat(page).hasURL(Pattern.compile("at=299"));
    page.keyboard().press("End");
    assertThat(page.locator(".time-words")).hasText("now");
    assertThat(page.locator(".page-head .status")).containsText("completed");
    assertThat(page).not().hasURL(Pattern.compile("at="));
  }

  @Test
  void events_can_be_gone_through_as_history_was_known_then(Visit visit) {
    Page page = visit.open("/run/first?event=3");
    assertThat(page.locator(".time-words")).containsText("after event 3");
    assertThat(page.locator("#events li").first().locator(".seq")).hasText("3");
  }

  @Test
  void a_run_is_forked_where_the_slider_stands(Visit visit, Served served) {
    Page page = visit.open("/run/first?at=400");
    assertThat(page.locator(".time-words")).hasText("after step 400");
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Fork here")).click();
    Locator dialog = page.getByRole(AriaRole.DIALOG);
    assertThat(dialog.locator("input[name=step]")).hasValue("400");
    dialog.locator("input[name=steps]").fill("450");
    dialog.locator("input[name=name]").fill("from-the-slider");
    dialog.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Fork")).click();
    assertThat(page.locator("main h1")).hasText("from-the-slider");
    served.awaitStatus("from-the-slider", "completed");
    assertThat(page.locator(".page-head .line")).containsText("fork of first at 400");
    assertThat(page.locator(".page-head .status")).containsText("completed");
  }
}
