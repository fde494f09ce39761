package io.saltus.app.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.saltus.app.server.guard.Access;
import io.saltus.app.server.guard.Token;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A server that knows the tokens of a file. */
@Timeout(120)
class GuardedServerTest {

  @TempDir static Path directory;
  private static ServerScene scene;

  @BeforeAll
  static void begin() throws IOException {
    Path file =
        Files.writeString(
            directory.resolve("tokens"),
            Token.of(Access.FULL, "full-secret", "mine").line()
                + "\n"
                + Token.of(Access.READ, "read-secret", "theirs").line()
                + "\n");
    scene = ServerScene.guarded(directory.resolve("home"), file);
    scene.run("a", 60);
  }

  @AfterAll
  static void end() {
    scene.close();
  }

  private static int status(String method, String path, String token) {
    HttpRequest.Builder request =
        scene
            .request(path)
            .header("Content-Type", "application/json")
            .method(
                method,
                method.equals("GET")
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString("{}"));
    if (!token.isEmpty()) {
      request.header("Authorization", "Bearer " + token);
    }
    return scene.send(request.build()).statusCode();
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /, 200, 200, 200",
    "GET, /health/live, 200, 200, 200",
    "GET, /api/v1, 401, 200, 200",
    "GET, /api/v1/runs, 401, 200, 200",
    "GET, /api/v1/runs/none, 401, 404, 404",
    "GET, /api/v1/nothing, 401, 404, 404",
    "GET, /metrics, 401, 200, 200",
    "PATCH, /api/v1/runs/a, 401, 403, 200",
    "POST, /api/v1/runs/a/pause, 401, 403, 409",
  })
  void looking_on_needs_a_token_and_changing_a_full_one(
      String method, String path, int without, int reading, int full) {
    assertThat(status(method, path, "")).isEqualTo(without);
    assertThat(status(method, path, "read-secret")).isEqualTo(reading);
    assertThat(status(method, path, "full-secret")).isEqualTo(full);
  }

  @Test
  void there_is_no_other_token() {
    assertThat(scene.token()).doesNotExist();
    assertThat(scene.secret()).isEqualTo(scene.url());
    assertThat(status("GET", "/api/v1/runs", "other")).isEqualTo(401);
  }
}
