package io.saltus.app.server;

import static io.saltus.app.server.ServerScene.objects;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.saltus.actors.RunListener;
import io.saltus.app.RunOrder;
import io.saltus.experiment.metric.MetricName;
import io.saltus.experiment.spec.ExperimentSpec;
import io.saltus.experiment.spec.OnDivergence;
import io.saltus.testkit.Script;
import io.saltus.testkit.SpecDraft;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Thinned series of runs that go on: each answer is what reading everything would give. */
@Timeout(120)
class LiveOverviewTest {

  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private static final String RUN = "/api/v1/runs/going";

  @TempDir Path directory;

  /** What is read up to an event is read from the journal, and nothing of it is kept. */
  private static void assertWhole(ServerScene scene, String run) {
    for (String query : List.of("points=40", "points=40&metric=train.loss", "points=60&from=100")) {
      long last = ((Number) scene.json("/api/v1/runs/" + run).get("lastSequence")).longValue();
      String path = "/api/v1/runs/" + run + "/metrics?" + query;
      List<Map<String, Object>> asked = objects(scene.json(path).get("series"));
      assertThat(asked).as(query).isNotEmpty();
      assertThat(asked)
          .as(query)
          .isEqualTo(objects(scene.json(path + "&at-sequence=" + last).get("series")));
    }
  }

  @Test
  void what_came_since_it_was_asked_for_last_is_added() {
    Script script = Script.learning().beforeStep(step -> LockSupport.parkNanos(100_000));
    try (ServerScene scene = new ServerScene(directory, script)) {
      scene.start("going", 1_000_000);
      for (int part = 1; part <= 3; part++) {
        int least = 400 * part;
        await()
            .atMost(PATIENCE)
            .until(() -> ((Number) scene.json(RUN).get("step")).intValue() >= least);
        // So that it is asked for while it goes on, and held against the journal while it does not.
        scene.json(RUN + "/metrics?points=40");
        scene.post(RUN + "/pause", "{}");
        scene.awaitStatus("going", "paused");
        assertWhole(scene, "going");
        scene.post(RUN + "/resume", "{}");
      }
      scene.post(RUN + "/cancel", "{}");
      scene.awaitStatus("going", "cancelled");
      assertWhole(scene, "going");
    }
  }

  @Test
  void what_a_rewind_takes_back_is_taken_back_here_too() {
    Script script = Script.learning().differing(new MetricName("train.loss"), 385, 7, 2);
    try (ServerScene scene = new ServerScene(directory, script)) {
      ExperimentSpec spec =
          SpecDraft.of(ServerScene.spec(390)).onDivergence(OnDivergence.CONTINUE_FLAGGED).spec();
      RunOrder order = scene.order("back", spec);
      scene.saltus().settle(scene.saltus().start(order, RunListener.none()));
      scene.awaitStatus("back", "completed");
      assertWhole(scene, "back");
      assertThat(scene.post("/api/v1/runs/back/extend", "{\"steps\":450}").statusCode())
          .isLessThan(300);
      await()
          .atMost(PATIENCE)
          .until(
              () ->
                  scene.json("/api/v1/runs/back").get("status").equals("completed")
                      && ((Number) scene.json("/api/v1/runs/back").get("step")).intValue() == 450);
      assertThat(objects(scene.json("/api/v1/runs/back/history").get("rewinds"))).hasSize(1);
      assertWhole(scene, "back");
    }
  }
}
