package io.saltus.app;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.Properties;

/**
 * What the build knows about itself.
 *
 * @param version of Saltus
 * @param commit of the sources, when the builder knew it
 * @param modified whether those sources had uncommitted changes
 */
public record BuildFacts(String version, Optional<String> commit, boolean modified) {

  /** Those of the running program. */
  public static BuildFacts read() {
    Properties properties = new Properties();
    try (InputStream in = BuildFacts.class.getResourceAsStream("build.properties")) {
      if (in == null) {
        throw new IllegalStateException("build.properties is missing from the program");
      }
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new BuildFacts(
        known(properties, "version").orElse("unknown"),
        known(properties, "commit"),
        known(properties, "modified").map(Boolean::parseBoolean).orElse(false));
  }

  /** {@code saltus 1.2.3 (commit 0123456789ab, modified)} */
  public String line() {
    String source =
        commit
            .map(id -> " (commit " + id.substring(0, Math.min(12, id.length())))
            .map(text -> text + (modified ? ", modified)" : ")"))
            .orElse("");
    return "saltus " + version + source;
  }

  /**
   * Another program of this name, in words.
   *
   * @param version that it says; empty where it does not say, as builds from before did not
   */
  public static String named(Optional<String> version) {
    return version
        .map(text -> "Saltus " + text)
        .orElse("an older version, which does not say which");
  }

  private static Optional<String> known(Properties properties, String key) {
    String value = properties.getProperty(key, "");
    return value.isBlank() ? Optional.empty() : Optional.of(value);
  }
}
