package io.saltus.app.hook;

import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What is called when something happens to a run.
 *
 * @param moment when
 * @param target a command for the shell, or an address
 */
public record Hook(Moment moment, String target) {

  /** When a hook is called. */
  public enum Moment {
    /** A run failed. */
    FAILED,
    /** A run came to its end. */
    COMPLETED,
    /** The monitor of a run found a jump. */
    JUMP;

    /** As it stands in a flag. */
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Reads {@code failed=COMMAND}.
   *
   * @return empty when it is not of that shape
   */
  public static Optional<Hook> parse(String text) {
    int equals = text.indexOf('=');
    if (equals < 0 || text.substring(equals + 1).isBlank()) {
      return Optional.empty();
    }
    return Arrays.stream(Moment.values())
        .filter(moment -> moment.text().equals(text.substring(0, equals)))
        .findFirst()
        .map(moment -> new Hook(moment, text.substring(equals + 1)))
        .filter(hook -> !hook.isAddress() || isUri(hook.target()));
  }

  /** The moments as they stand in a flag. */
  public static List<String> moments() {
    return Arrays.stream(Moment.values()).map(Moment::text).toList();
  }

  boolean isAddress() {
    return target.startsWith("http://") || target.startsWith("https://");
  }

  private static boolean isUri(String target) {
    try {
      return URI.create(target).getHost() != null;
    } catch (IllegalArgumentException notOne) {
      return false;
    }
  }
}
