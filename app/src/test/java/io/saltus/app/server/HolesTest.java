package io.saltus.app.server;

import static io.saltus.app.server.ServerScene.text;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Holes that servers of this kind have had, each tried here. */
@Timeout(120)
class HolesTest {

  @TempDir static Path directory;
  private static ServerScene scene;

  @BeforeAll
  static void begin() throws IOException {
    scene = ServerScene.open(directory.resolve("home"));
    scene.run("a", 60);
    scene.awaitStatus("a", "completed");
    Files.writeString(directory.resolve("secret"), "s3cret");
  }

  @AfterAll
  static void end() {
    scene.close();
  }

  private static String raw(String request) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), scene.port())) {
      socket.setSoTimeout(20_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      socket.getOutputStream().flush();
      return new String(socket.getInputStream().readNBytes(2_000), StandardCharsets.UTF_8);
    }
  }

  /** MLflow: CVE-2023-1177, CVE-2023-6730, CVE-2024-1560 and what came after them. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "/app/../../../../secret",
        "/app/%2e%2e/%2e%2e/secret",
        "/app/..%2f..%2fsecret",
        "/app/%2e%2e%2f%2e%2e%2fsecret",
        "/app/%252e%252e%252fsecret",
        "/app/..%5c..%5csecret",
        "/app/..;/secret",
        "/app/.%00./secret",
        "/app/%c0%ae%c0%ae/secret",
        "/app//etc/passwd",
        "/app/%2fetc%2fpasswd",
        "/lib/../../token",
        "//etc/passwd",
        "/file:///etc/passwd",
        "/app/file:%2f%2f%2fetc%2fpasswd",
        "/api/v1/runs/..%2f..%2fcontrol%2ftoken",
        "/api/v1/runs/a%2f..%2f..%2fcontrol%2ftoken",
        "/api/v1/runs/%2e%2e/control/token",
        "/api/v1/specs/..%2f..%2fsecret",
        "/api/v1/specs/%2fetc%2fpasswd",
        "/api/v1/runs/a/checkpoints/../../../token",
        "/control/token",
        "/.saltus/control/token",
        "/app/",
        "/app",
        "/lib/",
        "/index.html",
        "/app/index.html",
      })
  void no_path_of_a_request_reaches_a_file(String path) throws IOException {
    String answer =
        raw("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");

    assertThat(answer.lines().findFirst().orElse("")).matches("HTTP/1.1 40[04] .*");
    assertThat(answer).doesNotContain("s3cret", "root:", scene.secret(), directory.toString());
  }

  @ParameterizedTest
  @CsvSource({
    "POST, /api/v1/runs",
    "POST, /api/v1/studies",
    "POST, /api/v1/external",
    "POST, /api/v1/runs/a/frames",
    "POST, /api/v1/runs/a/end",
    "POST, /api/v1/runs/a/pause",
    "POST, /api/v1/runs/a/resume",
    "POST, /api/v1/runs/a/cancel",
    "POST, /api/v1/runs/a/analyse",
    "POST, /api/v1/runs/a/extend",
    "POST, /api/v1/runs/a/fork",
    "PATCH, /api/v1/runs/a",
    "DELETE, /api/v1/runs/a",
    "POST, /api/v1/studies/s/pause",
    "POST, /api/v1/nothing",
  })
  void nothing_is_changed_without_a_token(String method, String path) {
    HttpRequest request =
        scene
            .request(path)
            .header("Content-Type", "application/json")
            .method(method, HttpRequest.BodyPublishers.ofString("{}"))
            .build();

    assertThat(scene.send(request).statusCode()).isEqualTo(401);
    assertThat(scene.json("/api/v1/runs/a")).containsEntry("status", "completed");
  }

  @Test
  void a_token_in_the_query_is_none() {
    HttpRequest request = scene.request("/api/v1/runs/a?token=" + scene.secret()).DELETE().build();
    assertThat(scene.send(request).statusCode()).isEqualTo(401);
  }

  @Test
  void a_name_that_was_made_to_mean_this_machine_gets_nothing() throws IOException {
    for (String path : List.of("/", "/api/v1/runs", "/metrics", "/health/live")) {
      String answer =
          raw("GET " + path + " HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n");
      assertThat(answer).startsWith("HTTP/1.1 421 ").doesNotContain("completed");
    }
  }

  @Test
  void another_page_can_neither_ask_nor_be_told() {
    HttpResponse<byte[]> foreign = scene.get("/api/v1/runs", "Origin", "http://evil.example");
    assertThat(foreign.statusCode()).isEqualTo(403);
    assertThat(foreign.headers().map()).doesNotContainKey("access-control-allow-origin");
    HttpRequest preflight =
        scene
            .request("/api/v1/runs")
            .header("Origin", "http://evil.example")
            .method("OPTIONS", HttpRequest.BodyPublishers.noBody())
            .build();
    assertThat(scene.send(preflight).statusCode()).isEqualTo(403);
  }

  @Test
  void a_form_of_another_page_is_refused_even_with_the_token() {
    HttpRequest form =
        scene
            .request("/api/v1/runs/a/cancel")
            .header("Authorization", "Bearer " + scene.secret())
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString("x=1"))
            .build();
    assertThat(scene.send(form).statusCode()).isEqualTo(415);
  }

  @Test
  void a_submission_names_no_file_and_reads_no_variable() {
    for (String body :
        List.of(
            "{\"spec\":\"./x.conf\"}",
            "{\"spec\":\"/etc/passwd\"}",
            "{\"spec\":\"../../secret\"}",
            "{\"spec\":\"file:///etc/passwd\"}",
            "{\"spec\":\"grokking\",\"set\":{\"include\":\"/etc/passwd\"}}",
            "{\"spec\":\"grokking\",\"set\":{\"experiment\":\"${HOME}\"}}",
            "{\"spec\":\"grokking\",\"set\":{\"task.path\":\"/etc/passwd\"}}",
            "{\"spec\":\"grokking\",\"inputs\":{\"x\":\"/etc/passwd\"}}",
            "{\"spec\":\"grokking\",\"on\":[\"completed=cat /etc/passwd\"]}",
            "{\"spec\":\"grokking\",\"set\":{\"on.completed\":\"cat /etc/passwd\"}}",
            "{\"spec\":\"grokking\",\"set\":{\"hooks\":[\"completed=true\"]}}")) {
      HttpResponse<byte[]> response = scene.post("/api/v1/runs", body);
      assertThat(response.statusCode()).as(body).isEqualTo(400);
      assertThat(text(response)).doesNotContain("root:", "s3cret", System.getenv("HOME") + "/");
    }
  }

  @Test
  void the_token_is_its_owners_alone() throws IOException {
    assertThat(scene.secret()).matches("[A-Za-z0-9_-]{43}");
    assertThat(scene.token()).hasContent(scene.secret());
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(scene.token())))
        .isEqualTo("rw-------");
    assertThat(
            PosixFilePermissions.toString(Files.getPosixFilePermissions(scene.token().getParent())))
        .isEqualTo("rwx------");
  }

  @Test
  void only_get_and_head_of_files_are_answered() {
    HttpRequest request =
        scene.request("/lib/preact.module.js").POST(HttpRequest.BodyPublishers.noBody()).build();
    HttpResponse<byte[]> response = scene.send(request);
    assertThat(response.statusCode()).isEqualTo(405);
    assertThat(response.headers().firstValue("Allow")).contains("GET, HEAD");
  }
}
