package io.saltus.experiment.spec;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** The specs that come with Saltus. */
public final class ShippedSpecs {

  private static final List<String> NAMES =
      List.of(
          "fashion-mnist",
          "grokking",
          "grokking-division",
          "grokking-multiplication",
          "grokking-operations",
          "grokking-relu",
          "grokking-subtraction",
          "grokking-train-fraction",
          "grokking-weight-decay");

  private ShippedSpecs() {}

  /** Their names, in order. */
  public static List<String> names() {
    return NAMES;
  }

  /** All of them, in the order of their names. */
  public static List<ShippedSpec> all() {
    return NAMES.stream().map(ShippedSpecs::load).toList();
  }

  /** The one of a name. */
  public static Optional<ShippedSpec> find(String name) {
    return NAMES.contains(name) ? Optional.of(load(name)) : Optional.empty();
  }

  private static ShippedSpec load(String name) {
    String resource = "/io/saltus/specs/" + name + ".conf";
    try (InputStream in = ShippedSpecs.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException(resource + " is missing from this installation");
      }
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      RecordingIncluder ignoreIncludes = new RecordingIncluder();
      String title =
          ConfigFactory.parseString(text, ConfigParseOptions.defaults().setIncluder(ignoreIncludes))
              .getString("title");
      return new ShippedSpec(name, title, text);
    } catch (IOException e) {
      throw new UncheckedIOException(resource, e);
    }
  }
}
