package io.saltus.app.server;

import static io.saltus.app.server.Loop.number;
import static io.saltus.app.server.ServerScene.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.saltus.app.server.guard.Access;
import io.saltus.app.server.guard.Token;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Many loops at once, servers that end in their middle, and who may tell at all. */
@Timeout(180)
class ExternalCrowdTest {

  private static final int CLIENTS = 32;
  private static final int STEPS = 20;

  @TempDir Path directory;

  private static <T> List<T> atOnce(Callable<T> client) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
    try {
      List<T> results = new ArrayList<>();
      for (Future<T> each :
          threads.invokeAll(IntStream.range(0, CLIENTS).mapToObj(i -> client).toList())) {
        results.add(each.get());
      }
      return results;
    } finally {
      threads.shutdownNow();
    }
  }

  private static int tellAll(Loop loop) {
    return IntStream.range(0, STEPS).map(loop::tell).sum();
  }

  private static List<Integer> numbers(List<?> values) {
    return values.stream().map(Loop::number).toList();
  }

  @Test
  void clients_of_one_run_that_say_the_same_record_it_once() throws Exception {
    try (ServerScene scene = ServerScene.open(directory)) {
      Loop loop = Loop.begin(scene);

      List<Integer> recorded = atOnce(() -> tellAll(loop));

      assertThat(recorded.stream().mapToInt(Integer::intValue).sum()).isEqualTo(STEPS);
      assertThat(numbers(loop.steps("loss"))).isEqualTo(IntStream.range(0, STEPS).boxed().toList());
      assertThat(number(loop.shown().get("events"))).isEqualTo(2 + STEPS);
    }
  }

  @Test
  void clients_of_many_runs_do_not_get_in_each_others_way() throws Exception {
    try (ServerScene scene = ServerScene.open(directory)) {
      List<Loop> loops =
          atOnce(
              () -> {
                Loop loop = Loop.begin(scene);
                assertThat(tellAll(loop)).isEqualTo(STEPS);
                assertThat(loop.end("{\"status\":\"completed\"}").statusCode()).isEqualTo(200);
                return loop;
              });

      assertThat(loops).extracting(Loop::run).doesNotHaveDuplicates();
      assertThat(loops)
          .allSatisfy(
              loop -> {
                assertThat(loop.steps("loss")).hasSize(STEPS);
                assertThat(loop.shown()).containsEntry("open", false);
              });
    }
  }

  @Test
  void words_may_be_put_on_a_run_while_many_tell_of_it() throws Exception {
    try (ServerScene scene = ServerScene.open(directory)) {
      Loop loop = Loop.begin(scene);
      atOnce(
          () -> {
            HttpResponse<byte[]> put = scene.change("PATCH", loop.path(), "{\"note\":\"n\"}");
            assertThat(put.statusCode()).as(text(put)).isEqualTo(200);
            return tellAll(loop);
          });
      assertThat(loop.steps("loss")).hasSize(STEPS);
      assertThat(number(loop.shown().get("events"))).isEqualTo(2 + STEPS + CLIENTS);
    }
  }

  @Test
  void a_run_goes_on_with_the_next_server() {
    Loop loop;
    try (ServerScene scene = ServerScene.open(directory)) {
      loop = Loop.begin(scene);
      tellAll(loop);
    }
    try (ServerScene scene = ServerScene.open(directory)) {
      Loop again = loop.at(scene);
      assertThat(again.shown()).containsEntry("open", true);
      assertThat(again.tell(STEPS - 1)).isZero();
      assertThat(again.tell(STEPS)).isEqualTo(1);
      assertThat(again.steps("loss")).hasSize(STEPS + 1);
      assertThat(number(again.shown().get("attempts"))).isEqualTo(1);
    }
  }

  /** What is on disk when an answer comes is what a process that is killed then leaves. */
  @Test
  void what_was_answered_survives_the_death_of_the_server() throws IOException {
    Path copy = directory.resolve("copy");
    Loop loop;
    int told = 0;
    try (ServerScene scene = ServerScene.open(directory.resolve("home"))) {
      loop = Loop.begin(scene);
      for (; told < 7; told++) {
        loop.tell(told);
      }
      copyFiles(directory.resolve("home"), copy);
      loop.tell(told);
    }
    try (ServerScene scene = ServerScene.open(copy)) {
      Loop again = loop.at(scene);
      assertThat(again.steps("loss")).hasSize(told);
      assertThat(again.tell(told - 1)).isZero();
      assertThat(again.tell(told)).isEqualTo(1);
    }
  }

  private static void copyFiles(Path from, Path to) throws IOException {
    List<Path> all;
    try (Stream<Path> walk = Files.walk(from)) {
      all = walk.toList();
    }
    for (Path each : all) {
      Path target = to.resolve(from.relativize(each));
      if (Files.isDirectory(each)) {
        Files.createDirectories(target);
      } else if (Files.isRegularFile(each) && !each.endsWith("holder")) {
        // Who held it is this process, which lives.
        Files.copy(each, target);
      }
    }
  }

  @Test
  void a_server_that_is_about_to_end_records_nothing_more() {
    try (ServerScene scene = ServerScene.open(directory)) {
      Loop loop = Loop.begin(scene);
      scene.takeNoMore();

      HttpResponse<byte[]> late = loop.send("{\"steps\":[0],\"metrics\":{\"loss\":[1]}}");

      assertThat(late.statusCode()).isEqualTo(503);
      assertThat(late.headers().firstValue("Retry-After")).isPresent();
      assertThat(scene.post("/api/v1/external", "{\"experiment\":\"a\"}").statusCode())
          .isEqualTo(503);
    }
  }

  @ParameterizedTest
  @CsvSource({"/api/v1/external", "/api/v1/runs/a/frames", "/api/v1/runs/a/end"})
  void only_a_full_token_lets_anybody_tell(String path) throws IOException {
    Path file =
        Files.writeString(
            directory.resolve("tokens"),
            Token.of(Access.FULL, "full-secret", "mine").line()
                + "\n"
                + Token.of(Access.READ, "read-secret", "theirs").line()
                + "\n");
    try (ServerScene scene = ServerScene.guarded(directory.resolve("home"), file)) {
      assertThat(status(scene, path, "none")).isEqualTo(401);
      assertThat(status(scene, path, "read-secret")).isEqualTo(403);
      assertThat(status(scene, path, "full-secret")).isEqualTo(400);
    }
  }

  private static int status(ServerScene scene, String path, String token) {
    return scene
        .send(
            scene
                .request(path)
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{}"))
                .build())
        .statusCode();
  }
}
