package io.saltus.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Runs in a list and beside each other, studies, devices, and what a token is for. */
@InBrowser
class OtherPagesTest {

  @Test
  void a_filter_narrows_the_list_and_a_wrong_one_is_explained(Visit visit) {
    Page page = visit.open("/runs");
    page.getByLabel("Filter").fill("tag.kind:long");
    assertThat(page.locator("tbody tr:not(.spacer)")).hasCount(1);
    assertThat(page).hasURL(Pattern.compile("where="));
    visit.expect("400");
    page.getByLabel("Filter").fill("statos:running");
    assertThat(page.locator("#where-error")).containsText("statos");
  }

  @Test
  void runs_are_chosen_and_compared_and_a_line_can_be_taken_away(Visit visit) {
    Page page = visit.open("/runs");
    page.getByLabel("Choose first", new Page.GetByLabelOptions().setExact(true)).check();
    page.getByLabel("Choose second").check();
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Compare 2")).click();
    assertThat(page.locator("main h1")).hasText("2 runs beside each other");
    Locator plot = Visit.plot(page, "validation.accuracy");
    assertThat(plot.locator(".legend li")).hasCount(2);
    assertThat(page.locator("main")).containsText("optimizer.weight-decay");
    visit.picture(page, "compared");
    page.getByLabel("Take out second").click();
    assertThat(plot.locator(".legend li")).hasCount(1);
  }

  @Test
  void runs_are_aligned_by_their_jump(Visit visit) {
    Page page = visit.open("/compare?run=first&run=second");
    Visit.plot(page, "validation.accuracy");
    page.getByRole(AriaRole.GROUP, new Page.GetByRoleOptions().setName("Align"))
        .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("jump"))
        .click();
    assertThat(page).hasURL(Pattern.compile("align=jump"));
    assertThat(page.locator(".canvas").first().getAttribute("aria-label"))
        .contains("midpoint of the jump");
  }

  @Test
  void a_study_shows_cells_and_what_was_expected(Visit visit, Served served) {
    served.awaitStatus("decay.1", "completed");
    Page page = visit.open("/study/decay");
    assertThat(page.locator("main h1")).hasText("decay");
    assertThat(page.locator("main")).containsText("optimizer.weight-decay");
    assertThat(page.locator(".verdicts li").first()).isVisible();
    visit.go(page, "/run/decay.1");
    assertThat(page.getByRole(AriaRole.LINK, exactly("decay")))
        .hasAttribute("href", "#/study/decay");
    visit.go(page, "/studies");
    Locator link = page.getByRole(AriaRole.LINK, exactly("decay"));
    assertThat(page.locator("tbody tr").filter(new Locator.FilterOptions().setHas(link)))
        // Twelve runs: a busy machine takes longer than a page is waited for.
        .containsText("completed", new LocatorAssertions.ContainsTextOptions().setTimeout(240_000));
  }

  private static Page.GetByRoleOptions exactly(String name) {
    return new Page.GetByRoleOptions().setName(name).setExact(true);
  }

  @Test
  void devices_and_their_leases_are_listed(Visit visit) {
    Page page = visit.open("/devices");
    assertThat(page.locator("tbody").first()).containsText("cpu:0");
    page.locator("summary", new Page.LocatorOptions().setHasText("Leases as a table")).click();
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("all").setExact(true))
        .click();
    assertThat(page.locator("details table")).containsText("first");
  }

  @Test
  void a_run_is_submitted_from_the_page(Visit visit, Served served) {
    Page page = visit.open("/runs");
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("New run")).click();
    Locator dialog = page.getByRole(AriaRole.DIALOG);
    dialog.getByLabel("Spec").selectOption("grokking");
    dialog.locator("textarea[name=set]").fill("task.modulus=7\nmodel.width=8\nsteps=40");
    dialog.locator("input[name=name]").fill("by-hand");
    dialog.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Submit")).click();
    assertThat(page.locator("main h1")).hasText("by-hand");
    served.awaitStatus("by-hand", "completed");
    assertThat(page.locator(".page-head .status")).containsText("completed");
  }

  @Test
  void the_token_leaves_the_address_and_without_one_nothing_can_be_changed(
      Visit visit, Served served) {
    Page page = visit.open("/runs");
    assertThat(page.url()).doesNotContain("token");
    Page stranger = page.context().newPage();
    stranger.navigate(served.address() + "#/runs");
    assertThat(
            stranger.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Read only")))
        .isVisible();
    assertThat(stranger.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("New run")))
        .hasCount(0);
  }
}
