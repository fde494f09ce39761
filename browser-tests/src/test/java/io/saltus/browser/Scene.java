package io.saltus.browser;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * What tests look at: a server on a home with runs that grokked, a fork, a failed run, a run with a
 * hostile name, and a study. It is made once, and tests that change anything begin runs of their
 * own.
 */
final class Scene implements ParameterResolver {

  /** A name that wants to be markup, to turn text around, and to speak to a terminal. */
  static final String HOSTILE =
      "</script><img src=x onerror=\"window.hurt=1\">\u202egnp.exe\u001b[31m";

  /** It groks at about step 1,200, which takes some ten seconds. */
  static final String GROKKING = "\"steps\":3000,\"until\":null,\"evaluate.every\":10";

  private static final String TINY = "\"task.modulus\":7,\"model.width\":8,\"steps\":60";

  private static final Namespace NAMESPACE = Namespace.create(Scene.class);

  /** Public in a package-private class: JUnit makes it. */
  public Scene() {}

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    Class<?> type = parameter.getParameter().getType();
    return type == Served.class || type == Visit.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    Served served = served(context);
    if (parameter.getParameter().getType() == Served.class) {
      return served;
    }
    return context
        .getStore(NAMESPACE)
        .getOrComputeIfAbsent(
            "visit",
            key -> new Visit(Chromium.of(context), served, context.getDisplayName()),
            Visit.class);
  }

  private static Served served(ExtensionContext context) {
    return context
        .getRoot()
        .getStore(NAMESPACE)
        .getOrComputeIfAbsent("served", key -> new Running(), Running.class)
        .served;
  }

  private static final class Running implements AutoCloseable {
    private final Path directory;
    private final Served served;

    Running() {
      try {
        directory = Files.createTempDirectory("saltus-browser");
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      served = Served.start(directory.resolve("home"));
      fill();
    }

    private void fill() {
      run("first", "\"seed\":1,\"tags\":{\"kind\":\"long\"}", GROKKING);
      run("second", "\"seed\":2", GROKKING + ",\"optimizer.weight-decay\":1.2");
      run("hostile", "\"seed\":3", TINY);
      run("failed", "\"seed\":4", GROKKING + ",\"optimizer.learning-rate\":1000000");
      served.awaitStatus("first", "completed");
      served.awaitStatus("second", "completed");
      served.awaitStatus("hostile", "completed");
      served.awaitStatus("failed", "failed");
      served.send("POST", "runs/first/fork", "{\"step\":500,\"name\":\"forked\",\"steps\":700}");
      served.send(
          "PATCH",
          "runs/hostile",
          "{\"name\":" + quoted(HOSTILE) + ",\"note\":" + quoted(HOSTILE) + "}");
      served.send(
          "POST",
          "studies",
          "{\"spec\":\"grokking-weight-decay\",\"name\":\"decay\",\"set\":{"
              + TINY
              + ",\"study.seeds\":[1,2]}}");
      served.awaitStatus("forked", "completed");
    }

    private void run(String name, String more, String set) {
      served.send(
          "POST",
          "runs",
          "{\"spec\":\"grokking\",\"name\":\"%s\",%s,\"set\":{%s}}".formatted(name, more, set));
    }

    @Override
    public void close() throws IOException {
      served.close();
      try (var files = Files.walk(directory)) {
        files.sorted((a, b) -> b.compareTo(a)).forEach(file -> file.toFile().delete());
      }
    }
  }

  /** A text as JSON. */
  static String quoted(String text) {
    StringBuilder json = new StringBuilder("\"");
    text.chars()
        .forEach(
            sign ->
                json.append(
                    sign < 0x20 || sign > 0x7e || sign == '"' || sign == '\\'
                        ? "\\u%04x".formatted(sign)
                        : Character.toString(sign)));
    return json.append('"').toString();
  }
}
