package io.saltus.app.server.api;

import io.saltus.app.server.http.HttpProblem;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where the next page of a list begins: at what it names, wherever that stands by then; where that
 * is gone, at its place.
 */
final class Cursor {

  /** Ids of runs and of studies have neither spaces nor other letters. */
  private static final Pattern FORM = Pattern.compile("([0-9]{1,9}) ([a-z0-9._-]{1,200})");

  private Cursor() {}

  static Param param() {
    return Param.text("cursor", "what 'next' of the page before said");
  }

  /** What stands at a place. */
  static String at(int place, String name) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString((place + " " + name).getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Where a page begins.
   *
   * @param names of all that are listed, in order
   */
  static int begin(Parameters given, List<String> names) {
    Optional<String> cursor = given.text("cursor").filter(text -> !text.isEmpty());
    if (cursor.isEmpty()) {
      return 0;
    }
    Matcher parts = FORM.matcher(decoded(cursor.get()));
    if (!parts.matches()) {
      throw HttpProblem.wrong("cursor", "it is not what 'next' of a page said");
    }
    int found = names.indexOf(parts.group(2));
    return found >= 0 ? found : Math.min(names.size(), Integer.parseInt(parts.group(1)));
  }

  private static String decoded(String cursor) {
    try {
      return new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return "";
    }
  }
}
