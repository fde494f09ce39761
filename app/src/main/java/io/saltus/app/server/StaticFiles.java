package io.saltus.app.server;

import io.saltus.app.server.http.Answer;
import io.saltus.app.server.http.EntityTag;
import io.saltus.experiment.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.jar.JarEntry;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The files of the dashboard: all are read once, before anybody asks, into a map by the exact paths
 * under which they are asked for. No request ever reaches a file system.
 */
final class StaticFiles {

  private static final String DASHBOARD = "io/saltus/app/dashboard/";
  private static final String INDEX = "index.html";
  private static final Pattern INLINE_SCRIPT =
      Pattern.compile("<script(?![^>]*\\bsrc=)[^>]*>(.*?)</script>", Pattern.DOTALL);
  private static final String WEBJARS = "META-INF/resources/webjars/";

  /** What lies in other people's jars, by the names it is served under. */
  private static final Map<String, String> LIBRARIES =
      Map.of(
          "uPlot.esm.js", WEBJARS + "uplot/1.6.30/dist/uPlot.esm.js",
          "uPlot.min.css", WEBJARS + "uplot/1.6.30/dist/uPlot.min.css",
          "preact.module.js", WEBJARS + "preact/10.27.2/dist/preact.module.js",
          "hooks.module.js", WEBJARS + "preact/10.27.2/hooks/dist/hooks.module.js");

  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "svg", "image/svg+xml",
          "png", "image/png",
          "ico", "image/x-icon",
          "json", "application/json",
          "webmanifest", "application/manifest+json");

  private static final String WITHOUT_DASHBOARD =
      "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Saltus</title>"
          + "<p>This build has no dashboard. The API is at <a href=\"/api/v1\">/api/v1</a>.</p></html>\n";

  private final Map<String, Answer> answers = new LinkedHashMap<>();

  private StaticFiles() {}

  /** Reads all of them. */
  static StaticFiles load() {
    StaticFiles files = new StaticFiles();
    Map<String, byte[]> dashboard = dashboard();
    byte[] index =
        dashboard.containsKey(INDEX)
            ? withPreloads(dashboard.get(INDEX), dashboard.keySet())
            : WITHOUT_DASHBOARD.getBytes(StandardCharsets.UTF_8);
    files.answers.put(
        "/",
        answer(INDEX, index)
            .with("Content-Security-Policy", policy(index))
            .with("Cross-Origin-Opener-Policy", "same-origin"));
    dashboard.forEach(
        (name, bytes) -> {
          if (!name.equals(INDEX)) {
            files.answers.put("/app/" + name, answer(name, bytes));
          }
        });
    LIBRARIES.forEach(
        (name, resource) -> files.answers.put("/lib/" + name, answer(name, bytes(resource))));
    return files;
  }

  /** The answer for a path exactly as it was sent. */
  Optional<Answer> find(String path) {
    return Optional.ofNullable(answers.get(path));
  }

  /**
   * The page with all modules named in it, those of the libraries first, which are largest: a
   * browser asks for them at once. Else it would learn of each only from the one that imports it,
   * five deep.
   */
  private static byte[] withPreloads(byte[] index, Collection<String> dashboard) {
    String links =
        Stream.concat(
                LIBRARIES.keySet().stream().sorted().map(name -> "/lib/" + name),
                dashboard.stream().map(name -> "/app/" + name))
            .filter(path -> path.endsWith(".js"))
            .map("<link rel=\"modulepreload\" href=\"%s\">\n"::formatted)
            .collect(Collectors.joining());
    String page = new String(index, StandardCharsets.UTF_8);
    // After the import map, which no module may be asked for before.
    int head = page.indexOf("</head>");
    return (page.substring(0, head) + links + page.substring(head))
        .getBytes(StandardCharsets.UTF_8);
  }

  private static Answer answer(String name, byte[] bytes) {
    String type =
        TYPES.getOrDefault(name.substring(name.lastIndexOf('.') + 1), "application/octet-stream");
    return new Answer(200, List.of(), type, new Answer.Whole(bytes))
        .with(EntityTag.HEADER, EntityTag.ofContent(bytes).text())
        .with("Cache-Control", "no-cache");
  }

  /** Scripts of our own files, and those that stand in the page, by what they say. */
  static String policy(byte[] index) {
    StringBuilder scripts = new StringBuilder("'self'");
    Matcher inline = INLINE_SCRIPT.matcher(new String(index, StandardCharsets.UTF_8));
    while (inline.find()) {
      byte[] digest = Sha256.of(inline.group(1).getBytes(StandardCharsets.UTF_8)).bytes();
      scripts.append(" 'sha256-").append(Base64.getEncoder().encodeToString(digest)).append('\'');
    }
    return "default-src 'none'; script-src "
        + scripts
        + "; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; font-src 'self';"
        + " manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
  }

  private static Map<String, byte[]> dashboard() {
    Map<String, byte[]> files = new LinkedHashMap<>();
    URL index = StaticFiles.class.getClassLoader().getResource(DASHBOARD + INDEX);
    if (index == null) {
      return files;
    }
    for (String name : names(index)) {
      files.put(name, bytes(DASHBOARD + name));
    }
    return files;
  }

  /** All that lies beside the index, in a jar or, while it is built, in a directory. */
  private static List<String> names(URL index) {
    try {
      URLConnection connection = index.openConnection();
      if (connection instanceof JarURLConnection jar) {
        return jar.getJarFile().stream()
            .map(JarEntry::getName)
            .filter(name -> name.startsWith(DASHBOARD) && !name.endsWith("/"))
            .map(name -> name.substring(DASHBOARD.length()))
            .sorted()
            .toList();
      }
      Path directory = Path.of(index.toURI()).getParent();
      List<String> names = new ArrayList<>();
      if (directory != null) {
        try (Stream<Path> files = Files.walk(directory)) {
          files
              .filter(Files::isRegularFile)
              .map(file -> directory.relativize(file).toString().replace('\\', '/'))
              .sorted()
              .forEach(names::add);
        }
      }
      return names;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (URISyntaxException e) {
      throw new IllegalStateException(index.toString(), e);
    }
  }

  private static byte[] bytes(String resource) {
    try (InputStream in = StaticFiles.class.getClassLoader().getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException(resource + " is missing from this installation");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(resource, e);
    }
  }
}
