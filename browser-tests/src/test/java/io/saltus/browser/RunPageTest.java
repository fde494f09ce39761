package io.saltus.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.BoundingBox;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

/** Plots of a run: looked at, zoomed, saved. */
@InBrowser
class RunPageTest {

  @Test
  void a_grokked_run_shows_its_jump_as_band_and_as_text(Visit visit) {
    Page page = visit.open("/run/first");
    Locator jumps = page.locator("#jumps");
    assertThat(jumps).containsText("validation.accuracy");
    assertThat(jumps.locator("tbody tr.facts").first()).isVisible();
    Locator plot = Visit.plot(page, "accuracy");
    assertThat(plot.locator(".canvas").getAttribute("aria-label"))
        .contains(" of validation.accuracy at step");
    visit.picture(page, "run");
  }

  @Test
  void a_plot_is_zoomed_by_dragging_and_the_address_keeps_it(Visit visit) {
    Page page = visit.open("/run/first?x=linear");
    Locator canvas = Visit.plot(page, "accuracy").locator(".u-over");
    BoundingBox box = canvas.boundingBox();
    page.mouse().move(box.x + box.width * 0.25, box.y + 50);
    page.mouse().down();
    page.mouse().move(box.x + box.width * 0.5, box.y + 60);
    page.mouse().up();
    page.waitForURL(url -> url.contains("from="));
    String address = page.url();
    Page other = page.context().newPage();
    other.navigate(address);
    assertThat(other.locator(".charts-tools")).containsText("steps 7");
    canvas.dblclick();
    page.waitForURL(url -> !url.contains("from="));
  }

  @Test
  void a_plot_is_saved_as_svg_that_parses_and_holds_what_it_shows(Visit visit) throws Exception {
    Page page = visit.open("/run/first");
    String text = Saved.text(page, "accuracy", "SVG");
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
    Document svg =
        factory
            .newDocumentBuilder()
            .parse(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    assertThat(svg.getDocumentElement().getTagName()).isEqualTo("svg");
    NodeList words = svg.getElementsByTagName("text");
    List<String> said =
        IntStream.range(0, words.getLength())
            .mapToObj(place -> words.item(place).getTextContent())
            .toList();
    assertThat(said).contains("accuracy", "validation.accuracy", "train.accuracy", "step");
    assertThat(svg.getElementsByTagName("script").getLength()).isZero();
  }

  @Test
  void a_plot_is_saved_as_png_and_its_numbers_whole_as_csv(Visit visit) throws Exception {
    Page page = visit.open("/run/first");
    var picture = ImageIO.read(new ByteArrayInputStream(Saved.bytes(page, "accuracy", "PNG")));
    assertThat(picture.getWidth()).isGreaterThan(1000);
    List<String> lines = Saved.text(page, "accuracy", "CSV").lines().toList();
    assertThat(lines.get(0)).startsWith("step,").contains("validation.accuracy");
    assertThat(lines).as("every step from 0 to 3,000").hasSize(3002);
  }

  @Test
  void names_from_outside_are_shown_and_do_nothing(Visit visit) {
    Page page = visit.open("/runs");
    assertThat(page.locator(".name", new Page.LocatorOptions().setHasText("</script>")))
        .isVisible();
    visit.go(page, "/run/hostile");
    assertThat(page.locator("main h1"))
        .containsText("<img src=x onerror=\"window.hurt=1\">⟨U+202E⟩gnp.exe␛[31m");
    assertThat(page.evaluate("window.hurt === undefined")).isEqualTo(true);
    visit.go(page, "/compare?run=hostile&run=first");
    assertThat(page.locator("main h1")).containsText("2 runs");
    assertThat(page.evaluate("window.hurt === undefined")).isEqualTo(true);
    assertThat(page.locator("img")).hasCount(0);
  }

  @Test
  void a_run_that_does_not_exist_is_said_to_be_unknown(Visit visit) {
    visit.expect("404");
    Page page = visit.open("/runs");
    visit.go(page, "/run/nobody");
    assertThat(page.getByRole(AriaRole.ALERT).first()).containsText("nobody");
  }
}
