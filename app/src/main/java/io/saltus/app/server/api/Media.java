package io.saltus.app.server.api;

import io.saltus.app.server.http.HttpProblem;
import io.saltus.app.server.http.Request;
import java.util.List;
import java.util.Locale;

/** In what form series are wanted. */
enum Media {
  JSON("application/json"),
  CSV("text/csv"),
  SERIES(SeriesBytes.TYPE);

  private final String type;

  Media(String type) {
    this.type = type;
  }

  /**
   * The first that is accepted, in the order in which the request names them.
   *
   * @throws HttpProblem 406 where none is
   */
  static Media of(Request request) {
    if (!request.has("accept")) {
      return JSON;
    }
    for (String header : request.headers().getOrDefault("accept", List.of())) {
      for (String part : header.toLowerCase(Locale.ROOT).split(",", -1)) {
        String range = part.split(";", -1)[0].strip();
        for (Media media : values()) {
          if (media.fits(range) && !part.replace(" ", "").matches(".*;q=0(\\.0*)?")) {
            return media;
          }
        }
      }
    }
    throw HttpProblem.of(
        406,
        "not-acceptable",
        "It does not come in that form",
        "series come as application/json, text/csv or " + SeriesBytes.TYPE + ": Accept.");
  }

  private boolean fits(String range) {
    return range.equals("*/*")
        || range.equals(type)
        || (range.endsWith("/*") && type.startsWith(range.substring(0, range.length() - 1)));
  }
}
