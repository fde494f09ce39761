package io.saltus.app.server;

import static io.saltus.app.server.ServerScene.objects;
import static io.saltus.app.server.ServerScene.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Studies in lists, and one with its cells, on a home of four. */
@Timeout(180)
class StudiesTest {

  private static final List<String> ALL = List.of("s", "r", "t", "q");

  @TempDir static Path directory;
  private static ServerScene scene;

  @BeforeAll
  static void begin() throws IOException {
    scene = ServerScene.open(directory);
    for (String study : ALL) {
      scene.study(study, "batch-size = [16, 32]");
      await()
          .atMost(Duration.ofMinutes(1))
          .until(() -> scene.json("/api/v1/studies/" + study).get("status").equals("completed"));
    }
  }

  @AfterAll
  static void end() {
    scene.close();
  }

  private static List<String> names(Map<String, Object> page) {
    return objects(page.get("studies")).stream().map(study -> (String) study.get("study")).toList();
  }

  @Test
  void a_home_of_few_has_them_all_on_one_page() {
    Map<String, Object> page = scene.json("/api/v1/studies");

    assertThat(names(page)).isEqualTo(ALL);
    assertThat(page).containsEntry("next", null).containsEntry("total", new BigDecimal(4));
    assertThat(objects(page.get("studies")))
        .allSatisfy(
            study ->
                assertThat(study)
                    .containsEntry("runs", new BigDecimal(4))
                    .containsEntry("done", new BigDecimal(4))
                    .containsEntry("axes", List.of("batch-size")));
  }

  @Test
  void they_come_in_pages_each_once_and_in_order() {
    List<String> names = new ArrayList<>();
    Object cursor = "";
    while (cursor != null) {
      Map<String, Object> page = scene.json("/api/v1/studies?limit=3&cursor=" + cursor);
      names.addAll(names(page));
      assertThat(page).containsEntry("total", new BigDecimal(4));
      cursor = page.get("next");
    }
    assertThat(names).isEqualTo(ALL);
  }

  @Test
  void a_page_begins_at_its_study_else_at_its_place() {
    assertThat(names(scene.json("/api/v1/studies?cursor=" + cursor("3 r"))))
        .containsExactly("r", "t", "q");
    assertThat(names(scene.json("/api/v1/studies?cursor=" + cursor("3 gone"))))
        .containsExactly("q");
    assertThat(names(scene.json("/api/v1/studies?cursor=" + cursor("9 gone")))).isEmpty();
    for (String wrong : List.of("x", cursor("x r"), cursor("1"), cursor("1 ../r"), cursor(""))) {
      assertThat(text(scene.get("/api/v1/studies?cursor=" + wrong)))
          .as(wrong)
          .contains(wrong.isEmpty() ? "\"studies\"" : "it is not what 'next' of a page said");
    }
  }

  private static String cursor(String place) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(place.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void a_study_has_its_cells_its_runs_and_its_bands() {
    Map<String, Object> study = scene.json("/api/v1/studies/s");

    List<Map<String, Object>> cells = objects(study.get("cells"));
    assertThat(cells)
        .extracting(cell -> cell.get("axes"))
        .containsExactly(Map.of("batch-size", "16"), Map.of("batch-size", "32"));
    assertThat(cells).extracting(cell -> cell.get("n")).containsOnly(new BigDecimal(2));
    assertThat(objects(study.get("runs")))
        .hasSize(4)
        .allMatch(run -> run.get("status").equals("completed"))
        .allSatisfy(run -> assertThat(run).containsEntry("step", new BigDecimal(120)));
    Map<String, Object> bands =
        scene.json("/api/v1/studies/s/bands?metric=train.accuracy&points=5");
    assertThat(objects(bands.get("cells")))
        .hasSize(2)
        .allSatisfy(
            cell -> {
              assertThat(cell).containsEntry("n", new BigDecimal(2));
              assertThat((List<?>) cell.get("steps")).hasSize(5);
              assertThat((List<?>) cell.get("median")).hasSize(5);
            });
    assertThat(scene.json("/api/v1/runs/s.1")).containsEntry("study", "s");
  }
}
