package io.saltus.persistence.control;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What is asked.
 *
 * @param name the command: lower-case letters, digits and hyphens, at most 63
 * @param body its arguments as JSON on one line
 * @param version of Saltus that asks, 1 to 64 letters, digits and {@code . _ + -}; empty where it
 *     does not say, as builds from before did not
 */
public record ControlRequest(String name, String body, Optional<String> version) {

  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,62}");

  private static final Pattern VERSION = Pattern.compile("[\\w.+-]{1,64}");

  /** Refuses what cannot be sent. */
  public ControlRequest {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "a control request is called %s, not \"%s\"".formatted(NAME, name));
    }
    if (version.filter(text -> !VERSION.matcher(text).matches()).isPresent()) {
      throw new IllegalArgumentException(
          "a version in a control request is %s, not \"%s\"".formatted(VERSION, version.get()));
    }
    Lines.check(body);
  }

  /** One that does not say of which version it is. */
  public ControlRequest(String name, String body) {
    this(name, body, Optional.empty());
  }

  /** The same, asked by a version. */
  public ControlRequest from(String asking) {
    return new ControlRequest(name, body, Optional.of(asking));
  }
}
