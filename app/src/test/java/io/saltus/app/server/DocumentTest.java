package io.saltus.app.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The description of the API, held against the API and against what is written about it. */
@Timeout(120)
class DocumentTest {

  @TempDir static Path directory;
  private static ServerScene scene;

  @BeforeAll
  static void begin() {
    scene = ServerScene.open(directory);
  }

  @AfterAll
  static void end() {
    scene.close();
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Map<String, Object>> paths() {
    return (Map<String, Map<String, Object>>) scene.json("/api/v1/openapi.json").get("paths");
  }

  @Test
  void every_route_that_is_described_is_there() {
    paths()
        .forEach(
            (path, methods) -> {
              String filled = path.replaceAll("\\{[a-z]+}", "x");
              Set<String> described = new TreeSet<>();
              methods.keySet().forEach(method -> described.add(method.toUpperCase(Locale.ROOT)));
              if (described.contains("GET")) {
                described.add("HEAD");
              }
              HttpRequest other =
                  scene
                      .request(filled)
                      .header("Authorization", "Bearer " + scene.secret())
                      .method("PUT", HttpRequest.BodyPublishers.noBody())
                      .build();
              assertThat(scene.send(other).headers().firstValue("Allow"))
                  .as(path)
                  .contains(String.join(", ", described));
            });
  }

  @Test
  void every_route_stands_in_the_documentation_and_no_other_does() throws IOException {
    Path file = Path.of("").toAbsolutePath();
    while (!Files.exists(file.resolve("docs/formats/http.md"))) {
      file = file.getParent();
    }
    Matcher written =
        Pattern.compile("`(GET|POST|PATCH|DELETE) (/[^`?]*)[^`]*`")
            .matcher(Files.readString(file.resolve("docs/formats/http.md")));
    Set<String> documented = new TreeSet<>();
    while (written.find()) {
      documented.add(written.group(1) + " " + written.group(2));
    }
    Set<String> routes = new TreeSet<>();
    paths()
        .forEach(
            (path, methods) ->
                methods
                    .keySet()
                    .forEach(method -> routes.add(method.toUpperCase(Locale.ROOT) + " " + path)));
    assertThat(documented).isEqualTo(routes);
  }
}
