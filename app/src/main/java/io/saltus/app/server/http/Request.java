package io.saltus.app.server.http;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A request as it came in, nothing of it decoded or believed.
 *
 * @param method such as {@code GET}
 * @param path as it was sent, from the first slash to the question mark
 * @param query as it was sent, without the question mark; empty: there is none
 * @param headers by their names in small letters
 * @param remote the address it came from
 * @param body its bytes; none before they are asked for
 */
public record Request(
    String method,
    String path,
    Optional<String> query,
    Map<String, List<String>> headers,
    String remote,
    Bytes body) {

  /** One that asks for nothing. */
  public static final Request EMPTY =
      new Request("GET", "/", Optional.empty(), Map.of(), "", Bytes.NONE);

  /** The bytes of a body, which nobody changes. */
  public record Bytes(byte[] array) {
    /** No bytes. */
    public static final Bytes NONE = new Bytes(new byte[0]);

    /** As text; what is no UTF-8 is replaced. */
    public String text() {
      return new String(array, StandardCharsets.UTF_8);
    }
  }

  /** Copies the headers. */
  public Request {
    headers = Map.copyOf(headers);
  }

  /** A header that stands once; empty where it does not. */
  public Optional<String> header(String name) {
    List<String> values = headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
    return values.size() == 1 ? Optional.of(values.get(0)) : Optional.empty();
  }

  /** Whether a header stands there at all. */
  public boolean has(String name) {
    return headers.containsKey(name.toLowerCase(Locale.ROOT));
  }

  /** Whether it only asks: {@code HEAD} is answered as {@code GET}. */
  public boolean isReading() {
    return method.equals("GET") || method.equals("HEAD");
  }

  /** The same with its body. */
  public Request with(Bytes read) {
    return new Request(method, path, query, headers, remote, read);
  }
}
