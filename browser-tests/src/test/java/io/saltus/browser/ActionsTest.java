package io.saltus.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What can be done with runs and studies from their pages. */
@InBrowser
class ActionsTest {

  private static final String ENDLESS =
      "{\"spec\":\"grokking\",\"name\":\"%s\",\"set\":{\"steps\":1000000,\"until\":null}}";
  private static final String SHORT =
      "{\"spec\":\"grokking\",\"name\":\"%s\","
          + "\"set\":{\"task.modulus\":7,\"model.width\":8,\"steps\":60}}";

  private static Locator status(Page page) {
    return page.locator(".page-head .status");
  }

  private static void press(Page page, String words) {
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(words).setExact(true))
        .click();
  }

  private static void confirm(Page page, String words) {
    page.getByRole(AriaRole.DIALOG)
        .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(words).setExact(true))
        .click();
  }

  @Test
  void a_run_is_paused_resumed_and_cancelled_from_its_page(Visit visit, Served served) {
    served.send("POST", "runs", ENDLESS.formatted("steered"));
    served.awaitStep("steered", 20);
    Page page = visit.open("/run/steered");
    press(page, "Pause");
    assertThat(status(page)).containsText("paused");
    press(page, "Resume");
    assertThat(status(page)).containsText("running");
    press(page, "Cancel…");
    confirm(page, "Back");
    assertThat(status(page)).containsText("running");
    press(page, "Cancel…");
    confirm(page, "Cancel the run");
    assertThat(status(page)).containsText("cancelled");
  }

  @Test
  void a_run_is_extended_renamed_and_deleted_from_its_page(Visit visit, Served served) {
    served.send("POST", "runs", SHORT.formatted("lengthened"));
    served.awaitStatus("lengthened", "completed");
    Page page = visit.open("/run/lengthened");
    press(page, "Extend…");
    page.getByLabel("New last step").fill("90");
    confirm(page, "Extend");
    assertThat(page.locator(".page-head .number").first()).containsText("step 90 of 90");
    assertThat(status(page)).containsText("completed");

    press(page, "Edit…");
    Locator words = page.getByRole(AriaRole.DIALOG);
    words.locator("textarea[name=tags]").fill("no tag at all");
    confirm(page, "Save");
    assertThat(words.getByRole(AriaRole.ALERT)).containsText("one key=value a line");
    words.locator("textarea[name=tags]").fill("colour=blue");
    words.locator("input[name=name]").fill("A longer run");
    confirm(page, "Save");
    assertThat(page.locator("main h1")).hasText("A longer run");
    assertThat(page.locator("main")).containsText("colour");

    Page another = visit.open("/run/lengthened");
    assertThat(another.locator("main h1")).hasText("A longer run");
    press(page, "Delete…");
    confirm(page, "Delete the run");
    assertThat(page).hasURL(Pattern.compile("#/runs$"));
    assertThat(page.locator("tr", new Page.LocatorOptions().setHasText("A longer run")))
        .hasCount(0);
    assertThat(another.locator("main")).containsText("This run was deleted");
  }

  @Test
  void a_study_is_followed_paused_resumed_and_cancelled_from_its_page(Visit visit, Served served) {
    served.send(
        "POST",
        "studies",
        "{\"spec\":\"grokking-weight-decay\",\"name\":\"steered-study\",\"set\":{"
            + "\"steps\":1000000,\"until\":null,\"study.seeds\":[1]}}");
    Page page = visit.open("/study/steered-study");
    assertThat(status(page).first()).containsText("running");
    Locator runs =
        page.getByRole(AriaRole.REGION, new Page.GetByRoleOptions().setName("Runs of the study"));
    assertThat(runs.locator(".status").first()).containsText("running");
    press(page, "Pause");
    assertThat(status(page).first()).containsText("paused");
    press(page, "Resume");
    assertThat(status(page).first()).containsText("running");
    press(page, "Cancel…");
    confirm(page, "Cancel the study");
    assertThat(status(page).first()).containsText("cancelled");
    assertThat(runs.locator(".status").first()).containsText("cancelled");
    visit.picture(page, "study-cancelled");
  }
}
