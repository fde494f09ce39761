package io.saltus.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every page for everybody: by axe, by keyboard alone, on a phone, in the dark. */
@InBrowser
class AccessibilityTest {

  private static final int PHONE = 390;

  @ParameterizedTest
  @CsvSource({
    "runs, /runs",
    "run, /run/first",
    "run-failed, /run/failed",
    "run-then, /run/first?at=300",
    "compare, /compare?run=first&run=second&run=forked",
    "compare-jump, /compare?run=first&run=second&align=jump",
    "studies, /studies",
    "study, /study/decay",
    "devices, /devices",
    "nowhere, /nowhere",
  })
  void axe_finds_nothing_on_any_page_in_any_light_at_any_width(
      String name, String view, Visit visit) {
    for (ColorScheme colours : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
      for (int width : new int[] {1280, PHONE}) {
        Page page = visit.open(view, width, 900, colours);
        page.locator("main h1").first().waitFor();
        page.waitForLoadState();
        settle(page);
        String title =
            name + (colours == ColorScheme.DARK ? "-dark" : "") + (width == PHONE ? "-phone" : "");
        visit.picture(page, title);
        assertThat(Axe.violations(page)).as("%s in %s, %d wide", view, colours, width).isEmpty();
        page.close();
      }
    }
  }

  /** Until what was asked for is there. */
  private static void settle(Page page) {
    assertThat(page.locator("text=Reading…")).hasCount(0);
    assertThat(page.locator("text=reading…")).hasCount(0);
  }

  @Test
  void no_page_is_wider_than_a_phone(Visit visit) {
    Page page = visit.open("/runs", PHONE, 844, ColorScheme.LIGHT);
    for (String view :
        List.of(
            "/runs", "/run/first", "/compare?run=first&run=second", "/study/decay", "/devices")) {
      visit.go(page, view);
      settle(page);
      assertThat(page.evaluate("document.documentElement.scrollWidth - innerWidth"))
          .as("pixels beyond the edge at %s", view)
          .isEqualTo(0);
    }
  }

  @Test
  void a_run_is_found_opened_and_zoomed_by_keyboard_alone(Visit visit) {
    Page page = visit.open("/runs");
    page.locator("tbody tr").first().waitFor();
    page.keyboard().press("/");
    page.keyboard().type("run:first");
    page.keyboard().press("Enter");
    assertThat(page.locator("tbody tr:not(.spacer)")).hasCount(1);
    for (int press = 0; press < 30 && !rowHasFocus(page); press++) {
      page.keyboard().press("Tab");
    }
    page.keyboard().press("Enter");
    assertThat(page.locator("main h1")).hasText("first");
    Locator plot = Visit.plot(page, "accuracy").locator(".canvas");
    for (int press = 0; press < 60 && !hasFocus(plot); press++) {
      page.keyboard().press("Tab");
    }
    page.keyboard().press("End");
    page.keyboard().press("ArrowLeft");
    assertThat(page.locator("[aria-live=polite]").first()).containsText("validation.accuracy");
    page.keyboard().press("+");
    page.waitForURL(url -> url.contains("from="));
    page.keyboard().press("0");
    page.waitForURL(url -> !url.contains("from="));
  }

  private static boolean rowHasFocus(Page page) {
    return (boolean) page.evaluate("document.activeElement.tagName === 'TR'");
  }

  private static boolean hasFocus(Locator element) {
    return (boolean) element.evaluate("element => element === document.activeElement");
  }

  @Test
  void a_theme_that_was_chosen_stays(Visit visit) {
    Page page = visit.open("/runs");
    assertThat(page.locator("html")).hasAttribute("data-theme", "light");
    page.getByLabel("Colours").selectOption("dark");
    assertThat(page.locator("html")).hasAttribute("data-theme", "dark");
    page.reload();
    assertThat(page.locator("html")).hasAttribute("data-theme", "dark");
  }

  @Test
  void a_dialog_is_left_by_escape_and_focus_returns(Visit visit) {
    Page page = visit.open("/runs");
    Locator button =
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("New run"));
    button.focus();
    page.keyboard().press("Enter");
    assertThat(page.getByRole(AriaRole.DIALOG)).isVisible();
    page.keyboard().press("Escape");
    assertThat(page.getByRole(AriaRole.DIALOG)).hasCount(0);
    assertThat(button).isFocused();
  }
}
