package io.saltus.app.server.http;

import io.saltus.experiment.Sha256;
import java.util.List;

/**
 * The tag of an answer: another one as soon as what is answered is another. Weak, because the same
 * content may come compressed or not.
 *
 * @param text as it stands in the header
 */
public record EntityTag(String text) {

  /** The header that it stands in. */
  public static final String HEADER = "ETag";

  /**
   * A tag.
   *
   * @param state in letters, digits and dots
   */
  public static EntityTag of(String state) {
    return new EntityTag("W/\"" + state + "\"");
  }

  /** The tag of these bytes. */
  public static EntityTag ofContent(byte[] bytes) {
    return of(Sha256.of(bytes).hex().substring(0, 32));
  }

  /** Whether whoever asks has just this. */
  public boolean isKnownTo(Request request) {
    return request.isReading() && known(request).stream().anyMatch(this::matches);
  }

  /** Whether whoever asks is content with anything that is there. */
  public static boolean isAnyKnownTo(Request request) {
    return request.isReading() && known(request).contains("*");
  }

  private static List<String> known(Request request) {
    return request.headers().getOrDefault("if-none-match", List.of()).stream()
        .flatMap(header -> List.of(header.split(",", -1)).stream())
        .map(String::strip)
        .toList();
  }

  private boolean matches(String known) {
    return weak(known).equals(weak(text));
  }

  private static String weak(String tag) {
    return tag.startsWith("W/") ? tag.substring(2) : tag;
  }
}
