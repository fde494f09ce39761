package io.saltus.app.server;

import io.saltus.app.server.http.Answer;
import io.saltus.app.server.http.EntityTag;
import io.saltus.app.server.http.Request;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/**
 * What every answer has in common: headers that keep browsers from guessing and others from
 * framing, nothing sent that is known already, and less of what is sent.
 */
final class Finish {

  private static final int WORTH_COMPRESSING = 1_024;
  private static final String CSP = "Content-Security-Policy";
  private static final List<String> COMPRESSED =
      List.of(
          "application/json",
          "application/problem+json",
          "text/",
          "application/vnd.saltus.",
          "image/svg+xml",
          "application/openmetrics-text");

  /** What browsers ask for once and keep, so that it may take a little longer to make it small. */
  private static final List<String> KEPT = List.of("text/html", "text/javascript", "text/css");

  private Finish() {}

  static Answer of(Request request, Answer answer) {
    Answer safe = safe(answer);
    if (isKnown(request, safe)) {
      return new Answer(304, safe.headers(), "", new Answer.Whole(new byte[0]));
    }
    return compressed(request, safe);
  }

  private static Answer safe(Answer answer) {
    Answer safe =
        answer
            .with("X-Content-Type-Options", "nosniff")
            .with("Referrer-Policy", "no-referrer")
            .with("Cross-Origin-Resource-Policy", "same-origin");
    if (safe.header(CSP).isEmpty()) {
      safe = safe.with(CSP, "default-src 'none'; frame-ancestors 'none'");
    }
    if (safe.header("Cache-Control").isEmpty()) {
      safe =
          safe.with(
              "Cache-Control", safe.header(EntityTag.HEADER).isEmpty() ? "no-store" : "no-cache");
    }
    return safe;
  }

  private static boolean isKnown(Request request, Answer answer) {
    String tag = answer.header(EntityTag.HEADER);
    return answer.status() == 200
        && !tag.isEmpty()
        && (EntityTag.isAnyKnownTo(request) || new EntityTag(tag).isKnownTo(request));
  }

  private static Answer compressed(Request request, Answer answer) {
    if (!(answer.content() instanceof Answer.Whole whole)
        || whole.bytes().length < WORTH_COMPRESSING
        || COMPRESSED.stream().noneMatch(answer.type()::startsWith)) {
      return answer;
    }
    Answer varying = varying(answer);
    return acceptsGzip(request)
        ? varying
            .with(new Answer.Whole(gzip(whole.bytes(), level(answer.type()))))
            .with("Content-Encoding", "gzip")
        : varying;
  }

  private static Answer varying(Answer answer) {
    String already = answer.header("Vary");
    return answer
        .without("Vary")
        .with("Vary", already.isEmpty() ? "Accept-Encoding" : already + ", Accept-Encoding");
  }

  private static boolean acceptsGzip(Request request) {
    return request.headers().getOrDefault("accept-encoding", List.of()).stream()
        .flatMap(header -> List.of(header.toLowerCase(Locale.ROOT).split(",", -1)).stream())
        .map(part -> part.replace(" ", ""))
        .anyMatch(
            part ->
                (part.equals("gzip") || part.startsWith("gzip;"))
                    && !part.matches("gzip;q=0(\\.0*)?"));
  }

  /** Answers quickly rather than small: the machine trains, and most browsers are on it. */
  private static int level(String type) {
    return KEPT.stream().anyMatch(type::startsWith)
        ? Deflater.DEFAULT_COMPRESSION
        : Deflater.BEST_SPEED;
  }

  private static byte[] gzip(byte[] bytes, int level) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length / 4);
    try (GZIPOutputStream zip =
        new GZIPOutputStream(out) {
          {
            def.setLevel(level);
          }
        }) {
      zip.write(bytes);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return out.toByteArray();
  }
}
