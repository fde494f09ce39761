package io.saltus.persistence.control;

import java.util.regex.Pattern;

/**
 * What is asked.
 *
 * @param name the command: lower-case letters, digits and hyphens, at most 63
 * @param body its arguments as JSON on one line
 */
public record ControlRequest(String name, String body) {

  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,62}");

  /** Refuses what cannot be sent. */
  public ControlRequest {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "a control request is called %s, not \"%s\"".formatted(NAME, name));
    }
    Lines.check(body);
  }
}
